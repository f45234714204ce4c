using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite;

/// <summary>Parts of tensors by position.</summary>
public static class Slicing
{
    extension(Tensor x)
    {
        /// <summary>A stretch of one axis.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="start">The first position, from 0.</param>
        /// <param name="count">How many positions.</param>
        /// <param name="step">Distance between positions; negative runs backwards.</param>
        /// <exception cref="ArgumentOutOfRangeException">Positions lie outside the axis.</exception>
        public Tensor Slice(int axis, int start, int count, int step = 1)
        {
            int index = x.Shape.Axis(axis);
            int last = start + ((count - 1) * step);
            int size = x.Shape[index];
            if (count < 0 || step == 0 || (count > 0 && (start < 0 || start >= size || last < 0 || last >= size)))
            {
                throw new ArgumentOutOfRangeException(nameof(start),
                    $"slice: positions {start} to {last} (step {step}) of axis {axis} of shape {x.Shape} were asked for; the axis has positions 0 "
                        + $"to {size - 1}.");
            }
            AxisWalk[] walks = Transposition.Identity(x.Shape);
            walks[index] = new AxisWalk(index, start, step, count);
            return StridedCopyOperation.Of("slice", x, walks);
        }

        /// <summary>One position of an axis, which is dropped.</summary>
        public Tensor Select(int axis, Index position)
        {
            int index = x.Shape.Axis(axis);
            return x.Slice(index, position.GetOffset(x.Shape[index]), 1).Squeeze(index);
        }
    }
}
