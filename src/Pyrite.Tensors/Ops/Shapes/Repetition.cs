using System.Runtime.CompilerServices;

namespace Pyrite;

/// <summary>Repeats, shifts, pieces and windows.</summary>
public static partial class Repetition
{
    extension(Tensor x)
    {
        /// <summary>The whole tensor repeated along each axis, counts from the last axis.</summary>
        public Tensor Tile(params int[] counts) => x.Tile((ReadOnlySpan<int>)counts);

        /// <summary>The whole tensor repeated along its axes; missing axes are added in front.</summary>
        /// <param name="counts">How often along each axis, aligned at the last one.</param>
        [OverloadResolutionPriority(1)]
        public Tensor Tile(params ReadOnlySpan<int> counts)
        {
            int rank = Math.Max(counts.Length, x.Rank);
            int[] split = new int[2 * rank];
            int[] repeated = new int[2 * rank];
            int[] merged = new int[rank];
            for (int axis = 0; axis < rank; axis++)
            {
                int own = axis - rank + x.Rank;
                int given = axis - rank + counts.Length;
                int size = own < 0 ? 1 : x.Shape[own];
                int count = given < 0 ? 1 : counts[given];
                (split[2 * axis], split[(2 * axis) + 1]) = (1, size);
                (repeated[2 * axis], repeated[(2 * axis) + 1]) = (count, size);
                merged[axis] = checked(count * size);
            }
            return x.Reshape(split).BroadcastTo(Shape.Create(repeated)).Reshape(merged);
        }

        /// <summary>Each element of an axis several times in a row.</summary>
        public Tensor RepeatEach(int count, int axis)
        {
            int at = x.Shape.Axis(axis);
            Shape shape = x.Shape[..(at + 1)] + [count] + x.Shape[(at + 1)..];
            return x.Unsqueeze(at + 1).BroadcastTo(shape).Reshape(x.Shape.Replace(at, checked(x.Shape[at] * count)));
        }
    }
}
