using System.Diagnostics;
using System.Runtime;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks.Harness;

/// <summary>Times work in slices of some milliseconds, with a slice of peak before and after each.</summary>
/// <remarks>
/// On a shared machine the scheduler gives turns of a few milliseconds and neighbours come and go: a slice and the peak beside it see the same
/// machine, so their ratio holds where times and
/// rates alone do not. A unit of work is a call, or what the call says it did.
/// </remarks>
/// <param name="limitSeconds">Wall time after which a figure has to do with the slices it has.</param>
internal sealed class Timing(double limitSeconds)
{
    private const double SliceSeconds = 2e-3;
    private const double LeastSeconds = 0.25;
    private const int FewestPairs = 3;

    /// <summary>The runtime compiles again in rounds of 100 ms what was called thirty times; when nothing was compiled in two of them, it has
    /// settled.</summary>
    private const double QuietSeconds = 0.25;
    private const int CallsOfTiers = 60;
    private const double MostWarmUpSeconds = 10;

    /// <summary>CPU time of work on one thread.</summary>
    public Measured OneThread(Action work, DType? peakOf = null) => UnitsOnOneThread(() => Once(work), peakOf);

    /// <summary>CPU time on one thread of a unit of work; each call says how many it did.</summary>
    public Measured UnitsOnOneThread(Func<double> work, DType? peakOf = null)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        WarmUp(work);
        using SliceClock clock = new SliceClock.OfOneThread();
        using PeakSlice peak = new(peakOf ?? DType.Float32, threads: 1);
        return Measure(work, clock, peak);
    }

    /// <summary>Wall time of work on all of the engine's threads.</summary>
    public Measured AllThreads(Action work, DType? peakOf = null) => UnitsOnAllThreads(() => Once(work), peakOf);

    /// <summary>Wall time on all threads of a unit of work; each call says how many it did.</summary>
    public Measured UnitsOnAllThreads(Func<double> work, DType? peakOf = null)
    {
        WarmUp(work);
        using SliceClock clock = new SliceClock.OfThreads();
        using PeakSlice peak = new(peakOf ?? DType.Float32, WorkerPool.ThreadCount);
        return Measure(work, clock, peak);
    }

    /// <summary>CPU time on one thread, then wall time on all.</summary>
    public (Measured One, Measured All) OneAndAllThreads(Action work, DType? peakOf = null) => (OneThread(work, peakOf), AllThreads(work, peakOf));

    /// <summary>Wall time of something that can be done only once in a process, or of other processes; disturbed by whatever else the machine
    /// does.</summary>
    public static Pair Single(Action work)
    {
        using SliceClock clock = new SliceClock.OfProcesses();
        using PeakSlice peak = new(DType.Float32, threads: 1);
        (double before, _) = peak.Rate();
        clock.Start();
        work();
        double seconds = clock.Stop(), busy = clock.Busy();
        return new(seconds, before, peak.Rate().Rate, busy);
    }

    /// <summary>Calls until the runtime's tiers have settled.</summary>
    private void WarmUp(Func<double> work)
    {
        long start = Stopwatch.GetTimestamp(), quiet = start;
        long compiled = JitInfo.GetCompiledMethodCount();
        for (int calls = 0; Stopwatch.GetElapsedTime(start).TotalSeconds < Math.Min(MostWarmUpSeconds, 4 * limitSeconds); calls++)
        {
            work();
            if (JitInfo.GetCompiledMethodCount() is long now && now != compiled)
            {
                (compiled, quiet) = (now, Stopwatch.GetTimestamp());
            }
            if (calls >= CallsOfTiers && Stopwatch.GetElapsedTime(quiet).TotalSeconds > QuietSeconds)
            {
                break;
            }
        }
    }

    private Measured Measure(Func<double> work, SliceClock clock, PeakSlice peak)
    {
        int calls = CallsOfSlice(work, clock);
        List<Pair> pairs = [];
        int calm = 0;
        long start = Stopwatch.GetTimestamp();
        double elapsed = 0;
        (double Rate, double Busy) before = peak.Rate();
        while (pairs.Count < FewestPairs || (elapsed < limitSeconds && (calm < Measured.Enough || elapsed < LeastSeconds)))
        {
            double units = 0;
            clock.Start();
            for (int call = 0; call < calls; call++)
            {
                units += work();
            }
            double seconds = clock.Stop();
            (double Rate, double Busy) after = peak.Rate();
            Pair pair = new(seconds / units, before.Rate, after.Rate, Math.Min(clock.Busy(), Math.Min(before.Busy, after.Busy)));
            pairs.Add(pair);
            before = after;
            calm += pair.IsDisturbed ? 0 : 1;
            elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return Measured.Of(pairs);
    }

    /// <summary>Doubles the calls until they take a slice's time.</summary>
    private static int CallsOfSlice(Func<double> work, SliceClock clock)
    {
        for (int calls = 1; ; calls *= 2)
        {
            clock.Start();
            for (int call = 0; call < calls; call++)
            {
                work();
            }
            double seconds = clock.Stop();
            if (seconds > SliceSeconds / 2)
            {
                return (int)Math.Clamp(calls * SliceSeconds / seconds, 1, 1 << 24);
            }
        }
    }

    private static double Once(Action work)
    {
        work();
        return 1;
    }
}
