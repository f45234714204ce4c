using Pyrite.Kernels;

namespace Pyrite.Benchmarks.Harness;

/// <summary>A short slice of multiply-adds on some threads, which stands before and after every slice of work.</summary>
internal sealed class PeakSlice
{
    private const double SliceSeconds = 0.7e-3;

    /// <summary>Pieces a thread where there are several: whoever is faster takes more of them.</summary>
    private const int PiecesOfThread = 16;

    private readonly DType type;
    private readonly int pieces;
    private readonly int iterations;

    public PeakSlice(DType type, int threads)
    {
        const int Trial = 20_000;
        FmaLoop.Run(type, Trial);
        double start = ThreadClock.Seconds;
        FmaLoop.Run(type, Trial);
        double each = Math.Max(ThreadClock.Seconds - start, 1e-6) / Trial;
        this.type = type;
        pieces = threads == 1 ? 1 : PiecesOfThread * threads;
        iterations = (int)(SliceSeconds / each * threads / pieces);
    }

    /// <summary>Floating-point operations of the slice.</summary>
    public double Operations => FmaLoop.Operations(type) * iterations * pieces;

    public void Run()
    {
        Body body = new(type, iterations);
        WorkerPool.For(pieces, ref body);
    }

    /// <summary>GFLOP/s of a slice.</summary>
    public double Rate(SliceClock clock)
    {
        clock.Start();
        Run();
        return Operations / clock.Stop().Seconds / 1e9;
    }

    private readonly struct Body(DType type, int iterations) : IParallelBody
    {
        public void Run(int index) => FmaLoop.Run(type, iterations);
    }
}
