using System.Diagnostics;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks.Harness;

/// <summary>Takes the time of one slice after the other, and how much of the machine its threads had meanwhile.</summary>
internal abstract class SliceClock : IDisposable
{
    /// <summary>Begins a slice.</summary>
    public abstract void Start();

    /// <summary>Ends it.</summary>
    /// <returns>Its seconds.</returns>
    public abstract double Stop();

    /// <summary>The share of the slice's wall time that its threads had for themselves; 1 where the system does not tell.</summary>
    public abstract double Busy();

    public virtual void Dispose()
    {
    }

    /// <summary>CPU time of the calling thread.</summary>
    public sealed class OfOneThread : SliceClock
    {
        private double cpu;
        private double wall;
        private long began;

        public override void Start() => (began, cpu) = (Stopwatch.GetTimestamp(), ThreadClock.Seconds);

        public override double Stop()
        {
            cpu = ThreadClock.Seconds - cpu;
            wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return cpu;
        }

        public override double Busy() => cpu / wall;
    }

    /// <summary>Wall time of several threads. One that sleeps because it has no work is not disturbed; one that waits for a core is.</summary>
    /// <remarks>Ask <see cref="Busy"/> when all threads have run again: a wait is counted when it is over.</remarks>
    public sealed class OfThreads : WallClock
    {
        private readonly ThreadUse use = new();

        public override void Start()
        {
            use.Start();
            base.Start();
        }

        public override double Busy() => 1 - (use.LongestWait() / Wall);

        public override void Dispose() => use.Dispose();
    }

    /// <summary>Wall time of threads that all have work all the time: CPU time beside it says what they had.</summary>
    public sealed class OfWorkForAllThreads : WallClock
    {
        private readonly ThreadUse use = new();
        private double computed;

        public override void Start()
        {
            use.Start();
            base.Start();
        }

        public override double Stop()
        {
            double wall = base.Stop();
            computed = use.Computed();
            return wall;
        }

        public override double Busy() => use.IsKnown ? computed / (Wall * WorkerPool.ThreadCount) : 1;

        public override void Dispose() => use.Dispose();
    }

    /// <summary>Wall time of whole processes: disturbed by what all others compute.</summary>
    public sealed class OfProcesses : WallClock
    {
        private readonly SystemLoad load = new();

        public override void Start()
        {
            load.Start();
            base.Start();
        }

        public override double Busy() => 1 - load.ShareOfOthers();
    }

    /// <summary>Wall time.</summary>
    public abstract class WallClock : SliceClock
    {
        private long began;

        /// <summary>Seconds of the last slice.</summary>
        protected double Wall { get; private set; }

        public override void Start() => began = Stopwatch.GetTimestamp();

        public override double Stop() => Wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
