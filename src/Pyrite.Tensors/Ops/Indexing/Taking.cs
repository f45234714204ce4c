using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Indexing;

namespace Pyrite;

/// <summary>Parts of tensors chosen by indices that are data.</summary>
public static partial class Taking
{
    extension(Tensor x)
    {
        /// <summary>The slices of an axis that the indices name, in their order, repeats allowed.</summary>
        /// <param name="indices">Int64 of any shape; negative ones count from the end.</param>
        /// <param name="axis">The axis to take from.</param>
        /// <returns>The shape of x with that axis replaced by the shape of the indices.</returns>
        /// <exception cref="ArgumentException">The indices are no integers.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index lies outside the axis.</exception>
        public Tensor Take(Tensor indices, int axis = 0)
        {
            if (indices.DType != DType.Int64)
            {
                throw new ArgumentException($"take: indices must be Int64; found {indices.DType}. Convert them with To(DType.Int64).",
                    nameof(indices));
            }
            int index = x.Shape.Axis(axis);
            Tensor source = x.In(Layout.RowMajor);
            return Executor.Apply(new TakeOperation(index), new TensorSpec(x.Shape[..index] + indices.Shape + x.Shape[(index + 1)..], x.DType),
                source, indices.In(Layout.RowMajor));
        }
    }
}
