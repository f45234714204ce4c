using System.Diagnostics;

namespace Pyrite.Benchmarks;

/// <summary>Times of work that is long compiled: warm-up by the clock, because the runtime improves code in the background a while after its first calls.</summary>
internal static class SteadyTiming
{
    private const int FewestCalls = 5;

    /// <summary>Seconds one call takes: the median of as many calls as fit into <paramref name="seconds"/>, after <paramref name="warmUp"/> seconds that are not counted.</summary>
    public static double MedianSeconds(Action work, double seconds, double warmUp)
    {
        Times(work, warmUp);
        return Timing.Median(Times(work, seconds));
    }

    private static List<double> Times(Action work, double seconds)
    {
        List<double> times = [];
        long start = Stopwatch.GetTimestamp();
        while (times.Count < FewestCalls || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            long before = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        return times;
    }
}
