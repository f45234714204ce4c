namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>R-hat: how much smaller the spread of series might become if they went on for ever.</summary>
internal static class ScaleReduction
{
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
