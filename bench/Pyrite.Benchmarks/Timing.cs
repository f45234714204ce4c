using System.Diagnostics;

namespace Pyrite.Benchmarks;

/// <summary>Times of repeated work: warm-up first, then the median of several runs.</summary>
internal static class Timing
{
    /// <summary>The runtime replaces code by optimized code some time after it has settled; shorter warm-ups measure what it began with.</summary>
    private const double WarmUpSeconds = 0.7;

    /// <summary>Seconds one call takes: the median over <paramref name="runs"/> timings after <paramref name="warmUp"/> calls, and at least 0.7 s of them, that are not counted.</summary>
    /// <param name="work">The work to time.</param>
    /// <param name="runs">How many timings to take.</param>
    /// <param name="warmUp">Calls before the first timing.</param>
    /// <param name="calls">Calls within one timing; more than one for work shorter than a microsecond.</param>
    public static double MedianSeconds(Action work, int runs = 9, int warmUp = 3, int calls = 1)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < warmUp || Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmUpSeconds; i++)
        {
            work();
        }

        double[] seconds = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                work();
            }

            seconds[run] = Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
        }

        return Median(seconds);
    }

    /// <summary>The middle value; the mean of the two middle ones where their number is even.</summary>
    public static double Median(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
