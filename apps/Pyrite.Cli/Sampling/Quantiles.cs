namespace Pyrite.Cli.Sampling;

/// <summary>The quantiles that pictures of draws show.</summary>
internal readonly record struct Quantiles(double Q05, double Q25, double Median, double Q75, double Q95)
{
    /// <summary>Linear between the order statistics (definition 7 of Hyndman and Fan 1996).</summary>
    public static Quantiles Of(double[] draws)
    {
        double[] sorted = [.. draws];
        Array.Sort(sorted);
        return new(At(sorted, 0.05), At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75), At(sorted, 0.95));
    }

    private static double At(double[] sorted, double probability)
    {
        double place = probability * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
