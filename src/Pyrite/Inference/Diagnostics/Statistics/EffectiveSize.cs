using System.Runtime.CompilerServices;

namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>How many independent draws the mean of correlated series is worth.</summary>
/// <remarks>
/// Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization, folding, and localization: an improved R-hat" (2021), equations 10 to 12:
/// autocorrelations of all series together, summed by Geyer's (1992) initial monotone sequence. At most S log10(S), for antithetic chains.
/// </remarks>
internal static class EffectiveSize
{
    private const int ShortestSeries = 3;

    /// <summary>The effective size of values [series, length]; NaN for fewer than 3 values a series, values that are not finite, or all
    /// equal.</summary>
    public static double Of(ReadOnlySpan<double> values, int series)
    {
        int length = values.Length / series;
        if (length < ShortestSeries || !IsVarying(values))
        {
            return double.NaN;
        }
        double[] means = new double[series];
        MeanAutocovariance covariance = new(values, series, means);
        double within = covariance[0] * length / (length - 1.0);
        double total = covariance[0] + (series > 1 ? SampleMoments.Variance(means) : 0);
        double size = values.Length;
        double time = IntegratedTime(covariance, within, total, length);
        return size / Math.Max(time, 1 / Math.Log10(size));
    }

    /// <summary>Whether all values are finite and not all equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsVarying(ReadOnlySpan<double> values)
    {
        bool varies = false;
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
            varies |= value != values[0];
        }
        return varies;
    }

    private static double IntegratedTime(MeanAutocovariance covariance, double within, double total, int length)
    {
        double[] correlation = new double[length + 1];
        double even = 1, odd = 1 - ((within - covariance[1]) / total);
        (correlation[0], correlation[1]) = (even, odd);
        int last = 0;
        while (last < length - 5 && even + odd > 0)         // pairs of neighbouring lags are positive for a reversible chain: stop at noise
        {
            last += 2;
            even = 1 - ((within - covariance[last]) / total);
            odd = 1 - ((within - covariance[last + 1]) / total);
            if (even + odd >= 0)
            {
                (correlation[last], correlation[last + 1]) = (even, odd);
            }
        }
        if (even > 0)
        {
            correlation[last] = even;                       // lowers the variance for antithetic chains
        }
        double time = -1 + correlation[last];
        for (int lag = 0; lag < last; lag += 2)
        {
            double pair = correlation[lag] + correlation[lag + 1];
            if (lag >= 2 && pair > correlation[lag - 2] + correlation[lag - 1])
            {
                pair = correlation[lag - 2] + correlation[lag - 1];         // and they never grow
                (correlation[lag], correlation[lag + 1]) = (pair / 2, pair / 2);
            }
            time += 2 * pair;
        }
        return time;
    }
}
