namespace Pyrite.Backtesting;

/// <summary>How one forecast of one number did.</summary>
internal readonly record struct Score(double Crps, double Error, bool IsInside);

/// <summary>Scores of single forecasts.</summary>
internal static class ForecastScore
{
    /// <summary>σ (z (2 Φ(z) - 1) + 2 φ(z) - 1/√π) with z = (y - μ)/σ (Gneiting, Raftery, Westveld and Goldman 2005).</summary>
    public static double OfGaussian(double y, double mean, double scale)
    {
        if (scale == 0)
        {
            return Math.Abs(y - mean);
        }
        double z = (y - mean) / scale, below = new Normal(0, 1).Cdf(z).Item(), density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        return scale * ((z * ((2 * below) - 1)) + (2 * density) - (1 / Math.Sqrt(Math.PI)));
    }

    /// <summary>Of the empirical distribution of sorted draws: mean |x - y| - ½ mean |x - x'|, with x' over all pairs of different draws.</summary>
    public static Score OfDraws(double y, double[] sorted, double probability)
    {
        int n = sorted.Length;
        double distance = 0, spread = 0;
        for (int i = 0; i < n; i++)
        {
            distance += Math.Abs(sorted[i] - y);
            spread += sorted[i] * ((2.0 * i) - n + 1);
        }
        double tail = 0.5 * (1 - probability);
        return new Score((distance / n) - (spread / ((double)n * (n - 1))), Math.Abs(y - Quantile(sorted, 0.5)),
            y >= Quantile(sorted, tail) && y <= Quantile(sorted, 1 - tail));
    }

    /// <summary>The quantile of sorted draws, linear between two of them.</summary>
    public static double Quantile(double[] sorted, double probability)
    {
        double position = probability * (sorted.Length - 1);
        int below = (int)position;
        return below + 1 == sorted.Length ? sorted[^1] : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
