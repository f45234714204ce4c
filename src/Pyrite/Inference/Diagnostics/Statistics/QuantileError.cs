namespace Pyrite.Inference.Diagnostics.Statistics;

/// <summary>The Monte Carlo standard error of a quantile.</summary>
internal static class QuantileError
{
    // Φ(-1) and Φ(1): one standard error to each side.
    private const double LowChance = 0.15865525393145705;
    private const double HighChance = 0.84134474606854295;
    private const double Reach = 8;
    private const int Halvings = 40;

    /// <summary>Half of the distance between two order statistics.</summary>
    /// <param name="sorted">The draws, ascending.</param>
    /// <param name="size">The effective sample size of the quantile.</param>
    /// <param name="probability">Which quantile.</param>
    /// <remarks>The order statistic of uniform draws at the quantile is Beta(size p + 1, size (1 - p) + 1).</remarks>
    public static double Of(ReadOnlySpan<double> sorted, double size, double probability)
    {
        (double lowShare, double highShare) = Shares((size * probability) + 1, (size * (1 - probability)) + 1);
        int low = Math.Max((int)Math.Floor(lowShare * sorted.Length), 1),
            high = Math.Min((int)Math.Ceiling(highShare * sorted.Length), sorted.Length);
        return (sorted[high - 1] - sorted[low - 1]) / 2;
    }

    // Halving an interval of 16 standard deviations 40 times places a share to 1e-11 of one, far below the step between draws.
    private static (double Low, double High) Shares(double a, double b)
    {
        double mean = a / (a + b), deviation = Math.Sqrt(mean * (1 - mean) / (a + b + 1));
        double from = Math.Max(0, mean - (Reach * deviation)), to = Math.Min(1, mean + (Reach * deviation));
        double[] low = [from, from], high = [to, to];
        Tensor first = Tensor.From<double>([a, a]), second = Tensor.From<double>([b, b]);
        for (int i = 0; i < Halvings; i++)
        {
            double[] middle = [0.5 * (low[0] + high[0]), 0.5 * (low[1] + high[1])];
            double[] chance = Tensor.BetaLower(first, second, Tensor.From<double>(middle)).ToArray<double>();
            (chance[0] < LowChance ? low : high)[0] = middle[0];
            (chance[1] < HighChance ? low : high)[1] = middle[1];
        }
        return (low[0], high[1]);
    }
}
