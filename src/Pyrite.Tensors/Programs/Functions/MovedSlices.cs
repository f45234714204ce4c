using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Programs.Functions;

/// <summary>Slices of one tensor that differ in where they start, as the rows of one array.</summary>
internal static class MovedSlices
{
    /// <summary>The rows [T, ..]; null where the starts are not evenly apart along one axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="slices">T slices of it.</param>
    public static Tensor? TryOf(Tensor x, StridedCopyOperation[] slices)
    {
        AxisWalk[] first = slices[0].Walks, second = slices[1].Walks;
        int moving = -1;
        for (int axis = 0; axis < first.Length; axis++)
        {
            moving = first[axis].Start != second[axis].Start ? axis : moving;
        }
        if (moving < 0)
        {
            return null;
        }
        AxisWalk moved = first[moving];
        int step = second[moving].Start - moved.Start;
        for (int i = 1; i < slices.Length; i++)
        {
            for (int axis = 0; axis < first.Length; axis++)
            {
                if (slices[i].Walks[axis].Start != first[axis].Start + (axis == moving ? i * step : 0))
                {
                    return null;
                }
            }
        }
        if (moved.Count > 1 && Math.Abs(step) < Math.Abs(moved.Step) * moved.Count)
        {
            // Slices that share elements: their gradients would have to be added.
            return null;
        }
        AxisWalk[] walks = [new AxisWalk(moved.Source, moved.Start, step, slices.Length), .. first];
        walks[moving + 1] = moved with { Start = 0 };
        return StridedCopyOperation.Of("slice", x, walks);
    }
}
