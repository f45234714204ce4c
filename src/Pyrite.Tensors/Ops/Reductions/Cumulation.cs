using Pyrite.Ops.Lanes;
using Pyrite.Ops.Reductions;

namespace Pyrite;

/// <summary>Products and running sums along axes.</summary>
public static class Cumulation
{
    extension(Tensor x)
    {
        /// <summary>Running sums along an axis, added in order.</summary>
        public Tensor CumulativeSum(int axis)
        {
            if (x.DType.IsFloatingPoint)
            {
                return LaneOperation<CumulativeSumLaneKernel>.Along(x, axis);
            }
            return x.Rank == 0 ? x.To(DType.Int64) : LaneIndexOperation<CumulativeIntegerSumKernel>.Along(x, axis);
        }

        /// <summary>Running products along an axis.</summary>
        /// <remarks>A scan of log n element-wise products (Hillis and Steele 1986), so that gradients hold at zeros, too.</remarks>
        public Tensor CumulativeProduct(int axis) => Scan(x, axis, static (a, b) => a * b);

        /// <summary>Running log Σ eˣ along an axis.</summary>
        public Tensor LogCumulativeSumExp(int axis) => Scan(x, axis, static (a, b) => a.LogAddExp(b));

        /// <summary>The product of all elements; 1 of none.</summary>
        public Tensor Product() => x.Reshape(-1).Product(0);

        /// <summary>The product along an axis; 1 of none.</summary>
        /// <remarks>A tree of element-wise products, so that gradients hold at zeros, too.</remarks>
        public Tensor Product(int axis, bool keepDimensions = false)
        {
            int at = x.Shape.Axis(axis);
            Tensor value = x.Shape[at] == 0 ? Tensor.Ones(x.Shape.Replace(at, 1), x.DType) : x;
            for (int size = value.Shape[at]; size > 1; size = value.Shape[at])
            {
                int half = size / 2;
                Tensor pairs = value.Slice(at, 0, half) * value.Slice(at, half, half);
                value = size % 2 == 0 ? pairs : Tensor.Concat([pairs, value.Slice(at, size - 1, 1)], at);
            }
            return keepDimensions ? value : value.Squeeze(at);
        }
    }

    private static Tensor Scan(Tensor x, int axis, Func<Tensor, Tensor, Tensor> combine)
    {
        if (x.Rank == 0)
        {
            return x;
        }
        int at = x.Shape.Axis(axis);
        int size = x.Shape[at];
        for (int shift = 1; shift < size; shift *= 2)
        {
            Tensor later = combine(x.Slice(at, shift, size - shift), x.Slice(at, 0, size - shift));
            x = Tensor.Concat([x.Slice(at, 0, shift), later], at);
        }
        return x;
    }
}
