using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Programs.Functions;

/// <summary>Slices of one tensor that differ in where they start, as the rows of one array.</summary>
internal static class MovedSlices
{
    /// <summary>The rows [T, ..]; null where the starts differ along several axes, or slices are neither evenly apart nor single places.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="slices">T slices of it.</param>
    public static Tensor? TryOf(Tensor x, StridedCopyOperation[] slices)
    {
        AxisWalk[] first = slices[0].Walks;
        int moving = MovingAxis(slices);
        if (moving < 0)
        {
            return null;
        }
        int[] starts = Array.ConvertAll(slices, slice => slice.Walks[moving].Start);
        AxisWalk moved = first[moving];
        int step = starts[1] - starts[0];
        bool isEven = Enumerable.Range(1, starts.Length - 1).All(i => starts[i] - starts[i - 1] == step);

        // Slices that share elements would need gradients that add up.
        if (isEven && (moved.Count == 1 ? step != 0 : Math.Abs(step) >= Math.Abs(moved.Step) * moved.Count))
        {
            AxisWalk[] walks = [new AxisWalk(moved.Source, moved.Start, step, slices.Length), .. first];
            walks[moving + 1] = moved with { Start = 0 };
            return StridedCopyOperation.Of("slice", x, walks);
        }
        return moved.Count == 1 && IsWholeBut(moving, first, x.Shape) ? Taken(x, moving, starts) : null;
    }

    /// <summary>The one axis of the result along which starts differ; -1 for none or several.</summary>
    private static int MovingAxis(StridedCopyOperation[] slices)
    {
        int moving = -1;
        AxisWalk[] first = slices[0].Walks;
        foreach (StridedCopyOperation slice in slices)
        {
            for (int axis = 0; axis < first.Length; axis++)
            {
                if (slice.Walks[axis].Start != first[axis].Start && axis != moving)
                {
                    if (moving >= 0)
                    {
                        return -1;
                    }
                    moving = axis;
                }
            }
        }
        return moving;
    }

    private static bool IsWholeBut(int moving, AxisWalk[] walks, Shape shape)
    {
        for (int axis = 0; axis < walks.Length; axis++)
        {
            if (axis == moving ? walks[axis].Source != axis : walks[axis] != new AxisWalk(axis, 0, 1, shape[axis]))
            {
                return false;
            }
        }
        return walks.Length == shape.Rank;
    }

    /// <summary>Places in any order, some of them several times: their gradients are added by place.</summary>
    private static Tensor Taken(Tensor x, int axis, int[] places)
    {
        Tensor rows = x.Take(Tensor.From(Array.ConvertAll(places, place => (long)place)), axis).MoveAxis(axis, 0);
        return rows.Unsqueeze(axis + 1);
    }
}
