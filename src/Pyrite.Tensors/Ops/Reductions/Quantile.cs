using Pyrite.Ops.Lanes;
using Pyrite.Ops.Reductions;

namespace Pyrite;

/// <content>Medians and quantiles.</content>
public static partial class Extremes
{
    extension(Tensor x)
    {
        /// <summary>The medians along an axis and where they stand; the lower one of an even count.</summary>
        public (Tensor Values, Tensor Indices) Median(int axis, bool keepDimensions = false) =>
            x.Chosen(LaneIndexOperation<ArgMedianKernel>.Reduce(x, axis, true), axis, keepDimensions);

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
    }
}
