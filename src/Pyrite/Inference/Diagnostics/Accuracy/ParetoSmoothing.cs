using Pyrite.Inference.Diagnostics.Accuracy;
using Pyrite.Inference.Diagnostics.Statistics;


namespace Pyrite;

/// <summary>Importance weights whose largest ones are replaced by quantiles of a fitted Pareto distribution, and a diagnosis of whether they can be
/// trusted.</summary>
/// <remarks>Vehtari, Simpson, Gelman, Yao, Gabry, "Pareto smoothed importance sampling" (2024).</remarks>
public sealed class ParetoSmoothing
{
    private const int ShortestTail = 5;

    private ParetoSmoothing(double[] logWeights, double k, double effectiveSize)
    {
        LogWeights = logWeights;
        K = k;
        EffectiveSize = effectiveSize;
    }

    /// <summary>The logarithms of the smoothed weights, in the order of the draws; the weights sum to 1.</summary>
    public IReadOnlyList<double> LogWeights { get; }

    /// <summary>The shape of the weights' upper tail; above <see cref="Threshold"/> averages with these weights are not to be trusted.</summary>
    /// <remarks>+∞ where the tail has fewer than 5 draws (fewer than 21 draws in all), or a weight is +∞ or NaN; -∞ where the largest weights are all
    /// equal.</remarks>
    public double K { get; }

    /// <summary>How many independent draws from the target an average is worth: relative efficiency / Σ w².</summary>
    public double EffectiveSize { get; }

    /// <summary>What is wrong with the ratios, and where; null where they are numbers or -∞.</summary>
    public string? Problem { get; private init; }

    /// <summary>Whether <see cref="K"/> is at most the <see cref="Threshold"/> for this many draws.</summary>
    public bool IsReliable => K <= Threshold(LogWeights.Count);

    /// <summary>The largest k at which smoothed averages of so many draws are reliable: min(1 - 1/log10(S), 0.7).</summary>
    /// <param name="draws">The number of draws S.</param>
    public static double Threshold(int draws) => Math.Min(1 - (1 / Math.Log10(draws)), 0.7);

    /// <summary>Smooths importance ratios.</summary>
    /// <param name="logRatios">log target density - log density of what was drawn from, a draw each; any constant may be missing, -∞ is a weight of
    /// 0.</param>
    /// <param name="relativeEfficiency">Effective sample size of the draws divided by their number; 1 for independent draws.</param>
    /// <exception cref="ArgumentException">There are no ratios, or the efficiency is not positive.</exception>
    public static ParetoSmoothing Of(ReadOnlySpan<double> logRatios, double relativeEfficiency = 1)
    {
        if (logRatios.IsEmpty || !(relativeEfficiency > 0))
        {
            throw new ArgumentException(
                $"Pareto smoothing needs draws and a positive relative efficiency; found {logRatios.Length} draws and {relativeEfficiency}.",
                    nameof(logRatios));
        }
        double[] logs = logRatios.ToArray();
        double largest = double.NegativeInfinity;
        foreach (double log in logs)
        {
            largest = Math.Max(largest, log);       // NaN wins
        }
        if (!double.IsFinite(largest))
        {
            int first = Array.FindIndex(logs, log => double.IsNaN(log) || double.IsPositiveInfinity(log));
            string problem = first < 0
                ? $"All {logs.Length} log ratios are -∞: no draw is possible under the target."
                : $"{logs.Count(log => double.IsNaN(log) || double.IsPositiveInfinity(log))} of {logs.Length} log ratios are NaN or +∞, the first at "
                    + $"draw {first}: look at the densities there.";
            Array.Fill(logs, double.NaN);
            return new ParetoSmoothing(logs, double.PositiveInfinity, double.NaN) { Problem = problem };
        }
        for (int i = 0; i < logs.Length; i++)
        {
            logs[i] -= largest;
        }
        double k = SmoothTail(logs, TailLength(logs.Length, relativeEfficiency));
        return new ParetoSmoothing(logs, k, relativeEfficiency * Normalize(logs));
    }

    private static int TailLength(int draws, double relativeEfficiency) =>
        (int)Math.Ceiling(Math.Min(0.2 * draws, 3 * Math.Sqrt(draws / relativeEfficiency)));

    private static double SmoothTail(double[] logs, int length)
    {
        if (length < ShortestTail)
        {
            return double.PositiveInfinity;
        }
        SortedSample sorted = SortedSample.Of(logs);
        int start = logs.Length - length;
        if (sorted.Values[start] == sorted.Values[^1])
        {
            return double.NegativeInfinity;
        }
        double threshold = Math.Exp(sorted.Values[start - 1]);
        double[] excesses = new double[length];
        for (int i = 0; i < length; i++)
        {
            excesses[i] = Math.Exp(sorted.Values[start + i]) - threshold;
        }
        ParetoFit fit = ParetoFit.Of(excesses);
        if (double.IsFinite(fit.K))
        {
            for (int i = 0; i < length; i++)
            {
                double weight = fit.Quantile((i + 0.5) / length) + threshold;
                logs[sorted.Order[start + i]] = Math.Min(Math.Log(weight), 0);      // never above the largest raw weight
            }
        }
        return fit.K;
    }

    /// <summary>Makes the weights sum to 1 and returns 1 / Σ w².</summary>
    private static double Normalize(double[] logs)
    {
        double total = SampleMoments.LogSumExp(logs), squares = 0;
        for (int i = 0; i < logs.Length; i++)
        {
            logs[i] -= total;
            squares += Math.Exp(2 * logs[i]);
        }
        return 1 / squares;
    }
}
