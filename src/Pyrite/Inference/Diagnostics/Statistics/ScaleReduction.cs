namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>R-hat: how much smaller the spread of series might become if they went on for ever.</summary>
internal static class ScaleReduction
{
    /// <summary>The R-hat that is reported: max(R-hat of rank-normalized draws, R-hat of rank-normalized folded draws).</summary>
    /// <param name="bulk">Normal scores of the draws' ranks, [series, n].</param>
    /// <param name="folded">Those of their distances from the median.</param>
    /// <param name="series">How many series, halves of chains.</param>
    /// <remarks>Vehtari et al. (2021), section 4.1.</remarks>
    public static double OfRanks(ReadOnlySpan<double> bulk, ReadOnlySpan<double> folded, int series)
    {
        double location = Of(bulk, series), scale = Of(folded, series);
        return location >= scale || double.IsNaN(scale) ? location : scale;     // draws of two values fold to one, which tells nothing
    }

    /// <summary>√(((n - 1)/n W + B/n) / W) for values [series, n], at least two a series; 0/0 is NaN.</summary>
    /// <remarks>Gelman and Rubin (1992) as in Vehtari et al. (2021), equations 1 to 4.</remarks>
    public static double Of(ReadOnlySpan<double> values, int series)
    {
        int length = values.Length / series;
        double[] means = new double[series];
        double within = 0;
        for (int one = 0; one < series; one++)
        {
            ReadOnlySpan<double> piece = values.Slice(one * length, length);
            means[one] = SampleMoments.Mean(piece);
            within += SampleMoments.Variance(piece, means[one]);
        }
        within /= series;
        return Math.Sqrt((SampleMoments.Variance(means) / within) + ((length - 1.0) / length));
    }
}
