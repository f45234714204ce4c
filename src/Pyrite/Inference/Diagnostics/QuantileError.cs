namespace Pyrite.Diagnostics;

/// <summary>The Monte Carlo standard error of a quantile.</summary>
internal static class QuantileError
{
    // Φ(-1) and Φ(1): one standard error to each side.
    private const double LowChance = 0.15865525393145705;
    private const double HighChance = 0.84134474606854295;

    /// <summary>Half of the distance between two order statistics.</summary>
    /// <param name="sorted">The draws, ascending.</param>
    /// <param name="size">The effective sample size of the quantile.</param>
    /// <param name="probability">Which quantile.</param>
    /// <remarks>The order statistic of uniform draws at the quantile is Beta(size p + 1, size (1 - p) + 1).</remarks>
    public static double Of(ReadOnlySpan<double> sorted, double size, double probability)
    {
        double[] ends = Tensor.BetaLowerInverse(
            Vector((size * probability) + 1), Vector((size * (1 - probability)) + 1), Tensor.From<double>([LowChance, HighChance])).ToArray<double>();
        int low = Math.Max((int)Math.Floor(ends[0] * sorted.Length), 1), high = Math.Min((int)Math.Ceiling(ends[1] * sorted.Length), sorted.Length);
        return (sorted[high - 1] - sorted[low - 1]) / 2;
    }

    private static Tensor Vector(double value) => Tensor.From<double>([value, value]);
}
