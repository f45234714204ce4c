using Pyrite.Ops.Lanes;
using Pyrite.Ops.Reductions;

namespace Pyrite;

/// <summary>Largest and smallest elements, order and quantiles.</summary>
/// <remarks>NaN wins in maxima and minima and counts as the largest when sorting.</remarks>
public static class Extremes
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

        /// <summary>The medians along an axis and where they stand; the lower one of an even count.</summary>
        public (Tensor Values, Tensor Indices) Median(int axis, bool keepDimensions = false) =>
            x.Chosen(LaneIndexOperation<ArgMedianKernel>.Reduce(x, axis, true), axis, keepDimensions);

        /// <summary>The largest elements so far along an axis and where they stand, the last of equal ones.</summary>
        public (Tensor Values, Tensor Indices) CumulativeMax(int axis) => x.Ordered(LaneIndexOperation<CumulativeMaxKernel>.Along(x, axis), axis);

        /// <summary>The smallest elements so far along an axis and where they stand, the last of equal ones.</summary>
        public (Tensor Values, Tensor Indices) CumulativeMin(int axis) => x.Ordered(LaneIndexOperation<CumulativeMinKernel>.Along(x, axis), axis);

        /// <summary>The elements of an axis in order, and where they stood; equal ones keep their order.</summary>
        public (Tensor Values, Tensor Indices) Sort(int axis = -1, bool descending = false) => x.Ordered(x.ArgSort(axis, descending), axis);

        /// <summary>Where the elements of an axis stand in order; equal ones keep their order.</summary>
        public Tensor ArgSort(int axis = -1, bool descending = false) =>
            descending ? LaneIndexOperation<ArgSortDescendingKernel>.Along(x, axis) : LaneIndexOperation<ArgSortKernel>.Along(x, axis);

        /// <summary>The k largest (or smallest) elements of an axis in order, and where they stand.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The axis is shorter than k.</exception>
        public (Tensor Values, Tensor Indices) TopK(int k, int axis = -1, bool largest = true)
        {
            Tensor indices = x.ArgSort(axis, descending: largest).Slice(axis, 0, k);
            return (x.TakeAlong(indices, axis), indices);
        }

        /// <summary>Quantiles by linear interpolation between the sorted elements.</summary>
        /// <param name="levels">Levels from 0 to 1.</param>
        /// <param name="axis">The axis; all elements if not given.</param>
        /// <returns>One leading axis for the levels, then the shape of x without the axis. A NaN makes its quantiles NaN.</returns>
        /// <exception cref="ArgumentException">A level is outside [0, 1], or there are no elements.</exception>
        public Tensor Quantile(ReadOnlySpan<double> levels, int? axis = null)
        {
            Tensor flat = axis is null ? x.Reshape(-1) : x;
            int at = flat.Shape.Axis(axis ?? 0);
            int size = flat.Shape[at];
            if (size == 0)
            {
                throw new ArgumentException($"quantile: shape {x.Shape} has no elements along the axis.");
            }
            Tensor sorted = flat.Sort(at).Values;
            Tensor isNan = sorted.Take(Tensor.From([(long)size - 1]), at).IsNan().Squeeze(at);
            Tensor[] results = new Tensor[levels.Length];
            for (int i = 0; i < results.Length; i++)
            {
                if (!(levels[i] >= 0 && levels[i] <= 1))
                {
                    throw new ArgumentException($"quantile: levels lie from 0 to 1; found {levels[i]}.", nameof(levels));
                }
                double position = levels[i] * (size - 1);
                int low = (int)Math.Floor(position);
                double weight = position - low;
                Tensor below = sorted.Select(at, low);
                Tensor value = weight == 0 ? below : below + (weight * (sorted.Select(at, low + 1) - below));
                results[i] = Tensor.Where(isNan, double.NaN, value);
            }
            return Tensor.Stack(results);
        }

        private (Tensor Values, Tensor Indices) Chosen(Tensor indices, int axis, bool keepDimensions)
        {
            Tensor values = x.TakeAlong(indices, axis);
            return keepDimensions ? (values, indices) : (values.Squeeze(axis), indices.Squeeze(axis));
        }

        private (Tensor Values, Tensor Indices) Ordered(Tensor indices, int axis) =>
            x.Rank == 0 ? (x, indices) : (x.TakeAlong(indices, axis), indices);
    }
}
