using System.Diagnostics;
using Pyrite.Kernels;

namespace Pyrite.Benchmarks.Harness;

/// <summary>Takes the time of one slice after the other.</summary>
internal abstract class SliceClock : IDisposable
{
    /// <summary>Threads that slices may use.</summary>
    public abstract int Threads { get; }

    /// <summary>Begins a slice.</summary>
    public abstract void Start();

    /// <summary>Ends it.</summary>
    /// <returns>Its seconds, and the share of the wall time that its threads had for themselves.</returns>
    public abstract (double Seconds, double Busy) Stop();

    public virtual void Dispose()
    {
    }

    /// <summary>CPU time of the calling thread.</summary>
    public sealed class OfOneThread : SliceClock
    {
        private double cpu;
        private long wall;

        public override int Threads => 1;

        public override void Start() => (wall, cpu) = (Stopwatch.GetTimestamp(), ThreadClock.Seconds);

        public override (double Seconds, double Busy) Stop()
        {
            double seconds = ThreadClock.Seconds - cpu;
            return (seconds, seconds / Stopwatch.GetElapsedTime(wall).TotalSeconds);
        }
    }

    /// <summary>Wall time. A thread that sleeps because it has no work is not disturbed; one that waits for a core is.</summary>
    public sealed class OfAllThreads : SliceClock
    {
        private readonly ThreadWaits waits = new();
        private long wall;

        public override int Threads => WorkerPool.ThreadCount;

        public override void Start()
        {
            waits.Start();
            wall = Stopwatch.GetTimestamp();
        }

        public override (double Seconds, double Busy) Stop()
        {
            double seconds = Stopwatch.GetElapsedTime(wall).TotalSeconds;
            return (seconds, 1 - (waits.Longest() / seconds));
        }

        public override void Dispose() => waits.Dispose();
    }

    /// <summary>Wall time of whole processes: disturbed by what all others compute.</summary>
    public sealed class OfProcesses : SliceClock
    {
        private readonly SystemLoad load = new();
        private long wall;

        public override int Threads => 1;

        public override void Start()
        {
            load.Start();
            wall = Stopwatch.GetTimestamp();
        }

        public override (double Seconds, double Busy) Stop() => (Stopwatch.GetElapsedTime(wall).TotalSeconds, 1 - load.ShareOfOthers());
    }
}
