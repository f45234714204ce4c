using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Text;

namespace Pyrite;

/// <summary>Transposes, broadcasts and flips: the same elements at other places.</summary>
public static partial class Transposition
{
    extension(Tensor x)
    {
        /// <summary>The axes in another order, each named once.</summary>
        public Tensor Permute(params int[] axes) => x.Permute((ReadOnlySpan<int>)axes);

        /// <summary>The axes in another order.</summary>
        /// <param name="axes">For each axis of the result, which axis of x it is.</param>
        /// <exception cref="ArgumentException">The axes are no permutation.</exception>
        [OverloadResolutionPriority(1)]
        public Tensor Permute(params ReadOnlySpan<int> axes)
        {
            AxisWalk[] walks = new AxisWalk[axes.Length];
            bool[] seen = new bool[x.Rank];
            bool complete = axes.Length == x.Rank;
            for (int i = 0; i < axes.Length && complete; i++)
            {
                int axis = x.Shape.Axis(axes[i]);
                complete = !seen[axis];
                seen[axis] = true;
                walks[i] = new AxisWalk(axis, 0, 1, x.Shape[axis]);
            }
            return complete
                ? StridedCopyOperation.Of("permute", x, walks)
                : throw new ArgumentException(
                    $"permute: shape {x.Shape} needs each of its {x.Rank} axes once; found [{NumberList.Text(axes.ToArray())}].", nameof(axes));
        }

        /// <summary>Two axes exchanged; the last two if none are named.</summary>
        public Tensor Transpose(int first = -2, int second = -1)
        {
            int[] axes = new int[x.Rank];
            for (int i = 0; i < axes.Length; i++)
            {
                axes[i] = i;
            }
            (axes[x.Shape.Axis(first)], axes[x.Shape.Axis(second)]) = (x.Shape.Axis(second), x.Shape.Axis(first));
            return x.Permute(axes);
        }
    }

    /// <summary>Walks that keep every element in its place.</summary>
    internal static AxisWalk[] Identity(Shape shape)
    {
        AxisWalk[] walks = new AxisWalk[shape.Rank];
        for (int axis = 0; axis < walks.Length; axis++)
        {
            walks[axis] = new AxisWalk(axis, 0, 1, shape[axis]);
        }
        return walks;
    }
}
