using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks.Harness;

/// <summary>A short slice of multiply-adds on some threads, which stands before and after every slice of work.</summary>
internal sealed class PeakSlice : IDisposable
{
    private const double SliceSeconds = 0.7e-3;

    /// <summary>Longer where there are several threads: a worker that sleeps takes some 50 µs to wake up.</summary>
    private const double SliceOfThreadsSeconds = 2e-3;

    /// <summary>Pieces per thread where there are several: whoever is faster takes more of them.</summary>
    private const int PiecesOfThread = 16;

    private readonly DType type;
    private readonly int pieces;
    private readonly int iterations;
    private readonly SliceClock clock;

    public PeakSlice(DType type, int threads)
    {
        const int Trial = 20_000;
        FmaLoop.Run(type, Trial);
        double start = ThreadClock.Seconds;
        FmaLoop.Run(type, Trial);
        double each = Math.Max(ThreadClock.Seconds - start, 1e-6) / Trial;
        this.type = type;
        pieces = threads == 1 ? 1 : PiecesOfThread * threads;
        iterations = (int)((threads == 1 ? SliceSeconds : SliceOfThreadsSeconds) / each * threads / pieces);
        clock = threads == 1 ? new SliceClock.OfOneThread() : new SliceClock.OfWorkForAllThreads();
    }

    /// <summary>Floating-point operations of the slice.</summary>
    public double Operations => FmaLoop.Operations(type) * iterations * pieces;

    public void Run()
    {
        Body body = new(type, iterations);
        WorkerPool.For(pieces, ref body);
    }

    /// <summary>GFLOP/s of a slice, and the share of the machine that its threads had.</summary>
    /// <remarks>The share of one thread is 1: its CPU time is right whoever interrupts it.</remarks>
    public (double Rate, double Busy) Rate()
    {
        clock.Start();
        Run();
        return (Operations / clock.Stop() / 1e9, pieces == 1 ? 1 : clock.Busy());
    }

    public void Dispose() => clock.Dispose();

    private readonly struct Body(DType type, int iterations) : IParallelBody
    {
        public void Run(int index) => FmaLoop.Run(type, iterations);
    }
}
