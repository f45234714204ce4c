using Pyrite.Ops.Lanes;
using Pyrite.Ops.Reductions;

namespace Pyrite;

/// <summary>Largest and smallest elements, order and quantiles.</summary>
/// <remarks>NaN wins in maxima and minima and counts as the largest when sorting.</remarks>
public static partial class Extremes
{
    extension(Tensor x)
    {
        /// <summary>The largest element over axes, over all where none are named; ties share the gradient evenly.</summary>
        /// <exception cref="ArgumentException">There is nothing to choose from.</exception>
        public Tensor Max(ReadOnlySpan<int> axes, bool keepDimensions = false) => LaneOperation<MaxLaneKernel>.Reduce(x, axes, keepDimensions);

        /// <inheritdoc cref="Max(Tensor, ReadOnlySpan{int}, bool)"/>
        public Tensor Max() => x.Max([]);

        /// <summary>The smallest element over axes, over all where none are named; ties share the gradient evenly.</summary>
        /// <exception cref="ArgumentException">There is nothing to choose from.</exception>
        public Tensor Min(ReadOnlySpan<int> axes, bool keepDimensions = false) => LaneOperation<MinLaneKernel>.Reduce(x, axes, keepDimensions);

        /// <inheritdoc cref="Min(Tensor, ReadOnlySpan{int}, bool)"/>
        public Tensor Min() => x.Min([]);

        /// <summary>Where the largest element stands (Int64), the first of equal ones; without an axis, counted over all elements.</summary>
        public Tensor ArgMax(int? axis = null, bool keepDimensions = false) => LaneIndexOperation<ArgMaxKernel>.Reduce(x, axis, keepDimensions);

        /// <summary>Where the smallest element stands (Int64), the first of equal ones; without an axis, counted over all elements.</summary>
        public Tensor ArgMin(int? axis = null, bool keepDimensions = false) => LaneIndexOperation<ArgMinKernel>.Reduce(x, axis, keepDimensions);

        /// <summary>The largest elements along an axis and where they stand; the chosen one takes the whole gradient.</summary>
        public (Tensor Values, Tensor Indices) MaxWithIndex(int axis, bool keepDimensions = false) =>
            x.Chosen(x.ArgMax(axis, true), axis, keepDimensions);

        /// <summary>The smallest elements along an axis and where they stand; the chosen one takes the whole gradient.</summary>
        public (Tensor Values, Tensor Indices) MinWithIndex(int axis, bool keepDimensions = false) =>
            x.Chosen(x.ArgMin(axis, true), axis, keepDimensions);

        /// <summary>The largest elements so far along an axis and where they stand, the last of equal ones.</summary>
        public (Tensor Values, Tensor Indices) CumulativeMax(int axis) => x.Ordered(LaneIndexOperation<CumulativeMaxKernel>.Along(x, axis), axis);

        /// <summary>The smallest elements so far along an axis and where they stand, the last of equal ones.</summary>
        public (Tensor Values, Tensor Indices) CumulativeMin(int axis) => x.Ordered(LaneIndexOperation<CumulativeMinKernel>.Along(x, axis), axis);

        private (Tensor Values, Tensor Indices) Chosen(Tensor indices, int axis, bool keepDimensions)
        {
            Tensor values = x.TakeAlong(indices, axis);
            return keepDimensions ? (values, indices) : (values.Squeeze(axis), indices.Squeeze(axis));
        }

        private (Tensor Values, Tensor Indices) Ordered(Tensor indices, int axis) =>
            x.Rank == 0 ? (x, indices) : (x.TakeAlong(indices, axis), indices);
    }
}
