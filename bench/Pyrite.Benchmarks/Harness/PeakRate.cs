using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks.Harness;

/// <summary>The rate of fused multiply-adds this machine reaches: the yardstick for every other number of the same run.</summary>
internal static class PeakRate
{
    /// <summary>What the names of these figures begin with.</summary>
    public const string Prefix = "peak_float";

    /// <summary>Adds the rates on one thread and, where several may be used, on all to a report, measured as everything else is.</summary>
    public static void AddTo(BenchmarkReport report, Timing timing)
    {
        foreach ((string bits, DType type) in (ReadOnlySpan<(string, DType)>)[("32", DType.Float32), ("64", DType.Float64)])
        {
            using PeakSlice one = new(type, 1), all = new(type, WorkerPool.ThreadCount);
            string unit = $"GFLOP/s Float{bits}";
            report.AddRate($"{Prefix}{bits}_one_thread_gflops", timing.OneThread(one.Run, type), one.Operations / 1e9, $"{unit}, one thread");
            if (WorkerPool.ThreadCount > 1)
            {
                Measured measured = timing.AllThreads(all.Run, type);
                report.AddRate($"{Prefix}{bits}_all_threads_gflops", measured, all.Operations / 1e9, $"{unit}, {WorkerPool.ThreadCount} threads");
            }
        }
    }
}
