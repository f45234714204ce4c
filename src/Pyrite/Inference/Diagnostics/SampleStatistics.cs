using Pyrite.Inference.Diagnostics.Statistics;


namespace Pyrite;

/// <summary>Descriptions of a set of draws: quantiles, spread, intervals, and correlation along a series.</summary>
public static class SampleStatistics
{
    /// <summary>A quantile, linear between order statistics (type 7, the default of R and NumPy).</summary>
    /// <param name="values">The values, in any order; NaN gives NaN.</param>
    /// <param name="probability">Which quantile, 0 to 1.</param>
    /// <exception cref="ArgumentException">The probability is out of range.</exception>
    public static double Quantile(ReadOnlySpan<double> values, double probability) => Quantiles(values, probability)[0];

    /// <summary>Several quantiles of the same values.</summary>
    /// <inheritdoc cref="Quantile" path="*[not(self::param)]"/>
    /// <param name="values">The values, in any order; NaN gives NaN.</param>
    /// <param name="probabilities">Which quantiles, 0 to 1.</param>
    public static double[] Quantiles(ReadOnlySpan<double> values, params ReadOnlySpan<double> probabilities)
    {
        double[] result = new double[probabilities.Length];
        SortedSample? sorted = HasNan(values) ? null : SortedSample.Of(values);
        for (int i = 0; i < result.Length; i++)
        {
            double probability = Checked(probabilities[i]);
            result[i] = sorted?.Quantile(probability) ?? double.NaN;
        }
        return result;
    }

    /// <summary>The median distance from the median, times 1.4826, so that it estimates the standard deviation of a normal distribution.</summary>
    /// <param name="values">The values, in any order; NaN gives NaN.</param>
    /// <remarks>As R's <c>mad</c> and Stan's summaries.</remarks>
    public static double MedianAbsoluteDeviation(ReadOnlySpan<double> values)
    {
        if (HasNan(values) || values.Length == 0)
        {
            return double.NaN;
        }
        SortedSample sorted = SortedSample.Of(values);
        return ScalarSample.MadScale * sorted.FoldedAt(sorted.Quantile(0.5)).Quantile(0.5);
    }

    /// <summary>The narrowest interval that holds a share of the values.</summary>
    /// <param name="values">The values, in any order; one that is not finite gives NaN.</param>
    /// <param name="probability">The share, above 0 and below 1.</param>
    /// <returns>The ends of the interval, two of the values; the leftmost of several equally narrow ones.</returns>
    /// <remarks>For distributions with one peak; <see cref="HighestDensityRegions"/> finds several. The interval spans ⌊probability · n⌋ steps
    /// between order statistics, as ArviZ counts.</remarks>
    /// <exception cref="ArgumentException">The probability is out of range.</exception>
    public static (double Low, double High) HighestDensityInterval(ReadOnlySpan<double> values, double probability)
    {
        CheckedShare(probability);
        return values.Length == 0 || !Array.TrueForAll(values.ToArray(), double.IsFinite)
            ? (double.NaN, double.NaN)
            : NarrowestInterval(SortedSample.Of(values).Values, probability);
    }

    /// <summary>The highest-density region of values that may have several modes: separate intervals, ascending, which hold a share of them
    /// together.</summary>
    /// <param name="values">The values, in any order; one that is not finite gives none.</param>
    /// <param name="probability">The share, above 0 and below 1.</param>
    /// <remarks>Where a Gaussian kernel density is highest (Hyndman 1996), with the bandwidth of Botev, Grotowski and Kroese (2010). Pieces with less
    /// than 1 % are left out.</remarks>
    /// <exception cref="ArgumentException">The probability is out of range.</exception>
    public static (double Low, double High)[] HighestDensityRegions(ReadOnlySpan<double> values, double probability)
    {
        CheckedShare(probability);
        return values.Length == 0 || !Array.TrueForAll(values.ToArray(), double.IsFinite)
            ? []
            : DensityRegions.Of(SortedSample.Of(values).Values, probability);
    }

    /// <summary>The mean direction of angles, in radians from -π to π; NaN for none, and where one is not finite.</summary>
    /// <param name="angles">Angles in radians; those 2π apart are the same.</param>
    public static double CircularMean(ReadOnlySpan<double> angles) => CircularSample.Direction(angles).Mean;

    /// <summary>The circular standard deviation √(-2 ln R) of angles, with the mean resultant length R; NaN where an angle is not finite.</summary>
    /// <param name="angles">Angles in radians; those 2π apart are the same.</param>
    /// <remarks>Mardia and Jupp (2000), section 2.3. Near 0 it is the usual one; evenly spread angles give large values.</remarks>
    public static double CircularStandardDeviation(ReadOnlySpan<double> angles) =>
        CircularSample.StandardDeviation(CircularSample.Direction(angles).Length);

    /// <summary>The shortest arc that holds a share of the angles.</summary>
    /// <param name="angles">Angles in radians; one that is not finite gives NaN.</param>
    /// <param name="probability">The share, above 0 and below 1.</param>
    /// <returns>Its ends, the first in [-π, π), the second up to 2π further.</returns>
    /// <exception cref="ArgumentException">The probability is out of range.</exception>
    public static (double Low, double High) CircularHighestDensityInterval(ReadOnlySpan<double> angles, double probability)
    {
        CheckedShare(probability);
        return angles.Length == 0 || double.IsNaN(CircularMean(angles)) ? (double.NaN, double.NaN) : CircularSample.ShortestArc(angles, probability);
    }

    /// <summary>The autocovariance of a series at lags 0 … n - 1; sums are divided by n at every lag.</summary>
    /// <param name="values">The series.</param>
    /// <remarks>By Fourier transforms, in O(n log n).</remarks>
    public static double[] Autocovariance(ReadOnlySpan<double> values) =>
        values.Length == 0 ? [] : new MeanAutocovariance(values, 1, new double[1]).ToArray();

    /// <summary>The autocorrelation of a series at lags 0 … n - 1; NaN throughout if all values are equal.</summary>
    /// <inheritdoc cref="Autocovariance"/>
    public static double[] Autocorrelation(ReadOnlySpan<double> values)
    {
        double[] result = Autocovariance(values);
        double variance = values.Length > 0 && EffectiveSize.IsVarying(values) ? result[0] : double.NaN;
        for (int lag = 0; lag < result.Length; lag++)
        {
            result[lag] = lag == 0 && variance > 0 ? 1 : result[lag] / variance;
        }
        return result;
    }

    internal static (double Low, double High) NarrowestInterval(double[] sorted, double probability)
    {
        int steps = Math.Min((int)Math.Floor(probability * sorted.Length), sorted.Length - 1), best = 0;
        for (int start = 1; start + steps < sorted.Length; start++)
        {
            best = sorted[start + steps] - sorted[start] < sorted[best + steps] - sorted[best] ? start : best;
        }
        return (sorted[best], sorted[best + steps]);
    }

    internal static double Checked(double probability) => probability is >= 0 and <= 1
        ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "A quantile belongs to a probability from 0 to 1.");

    internal static double CheckedShare(double probability) => probability is > 0 and < 1
        ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "A highest-density interval holds a share above 0 and below 1.");

    private static bool HasNan(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                return true;
            }
        }
        return false;
    }
}
