using Pyrite.Ops.Lanes;

namespace Pyrite;

/// <summary>Variances, norms and counts over axes; over all axes where none are named.</summary>
public static partial class Moments
{
    extension(Tensor x)
    {
        /// <summary>The variance over axes.</summary>
        /// <param name="axes">Axes, negative ones counted from the end.</param>
        /// <param name="correction">Subtracted from the count in the denominator; 1 makes the estimate unbiased.</param>
        /// <param name="keepDimensions">Whether reduced axes stay with size 1.</param>
        /// <returns>NaN where the count does not exceed the correction.</returns>
        public Tensor Variance(ReadOnlySpan<int> axes, int correction = 1, bool keepDimensions = false)
        {
            Tensor centred = x - x.Mean(axes, keepDimensions: true);
            bool[] reduced = ReductionPlan.Axes(x.Shape, axes);
            double count = 1;
            for (int axis = 0; axis < reduced.Length; axis++)
            {
                count *= reduced[axis] ? x.Shape[axis] : 1;
            }
            return centred.Square().Sum(axes, keepDimensions) / Math.Max(0, count - correction);
        }

        /// <summary>The standard deviation over axes: the root of <c>Variance</c>.</summary>
        public Tensor StandardDeviation(ReadOnlySpan<int> axes, int correction = 1, bool keepDimensions = false) =>
            x.Variance(axes, correction, keepDimensions).RootOrZero();

        /// <summary>Whether all elements over axes are true (not 0); true of none.</summary>
        public Tensor All(ReadOnlySpan<int> axes, bool keepDimensions = false) => x.EqualTo(0).Sum(axes, keepDimensions).EqualTo(0);

        /// <summary>Whether some element over axes is true (not 0); false of none.</summary>
        public Tensor Any(ReadOnlySpan<int> axes, bool keepDimensions = false) => x.CountNonZero(axes, keepDimensions) > 0;

        /// <summary>How many elements over axes are not 0 (Int64).</summary>
        public Tensor CountNonZero(ReadOnlySpan<int> axes, bool keepDimensions = false) => x.NotEqualTo(0).Sum(axes, keepDimensions);

        /// <summary>√x with gradient 0 at 0.</summary>
        internal Tensor RootOrZero()
        {
            Tensor isZero = x.EqualTo(0);
            return Tensor.Where(isZero, 0.0, Tensor.Where(isZero, 1.0, x).Sqrt());
        }
    }
}
