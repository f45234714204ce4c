using System.Diagnostics;

namespace Pyrite.Benchmarks;

/// <summary>The rate of fused multiply-adds this machine reaches: the yardstick for every other number of the same run.</summary>
/// <param name="Float32OneThread">GFLOP/s on one thread, Float32.</param>
/// <param name="Float32AllThreads">GFLOP/s on all threads, Float32.</param>
/// <param name="Float64OneThread">GFLOP/s on one thread, Float64.</param>
/// <param name="Float64AllThreads">GFLOP/s on all threads, Float64.</param>
/// <param name="Threads">How many threads "all" means.</param>
internal sealed record PeakRate(double Float32OneThread, double Float32AllThreads, double Float64OneThread, double Float64AllThreads, int Threads)
{
    private const int Slices = 5;

    /// <summary>Measures all four rates, about <paramref name="seconds"/> in all.</summary>
    public static PeakRate Measure(double seconds = 0.3, int? threads = null)
    {
        int all = threads ?? Environment.ProcessorCount;
        double each = seconds / 4;
        return new(
            MeasureFloat32(1, each),
            MeasureFloat32(all, each),
            Best(FmaLoop.Float64, FmaLoop.Float64Operations, 1, each),
            Best(FmaLoop.Float64, FmaLoop.Float64Operations, all, each),
            all);
    }

    /// <summary>GFLOP/s of Float32 on some threads: what a benchmark calls between its own pieces of work.</summary>
    public static double MeasureFloat32(int threads, double seconds = 0.1) => Best(FmaLoop.Float32, FmaLoop.Float32Operations, threads, seconds);

    /// <summary>The same four numbers for a report, named as the metrics are.</summary>
    public void AddTo(BenchmarkReport report) => report
        .Add("peak_float32_one_thread_gflops", Float32OneThread, "GFLOP/s")
        .Add("peak_float32_all_threads_gflops", Float32AllThreads, $"GFLOP/s, {Threads} threads")
        .Add("peak_float64_one_thread_gflops", Float64OneThread, "GFLOP/s")
        .Add("peak_float64_all_threads_gflops", Float64AllThreads, $"GFLOP/s, {Threads} threads");

    /// <summary>The median over slices of time, each slice the sum over threads that started together.</summary>
    private static double Best(Action<int> loop, Func<int, double> operations, int threads, double seconds)
    {
        loop(1_000);
        int iterations = Calibrate(loop, seconds / Slices);
        double[] rates = new double[Slices];
        for (int slice = 0; slice < Slices; slice++)
        {
            rates[slice] = Rate(loop, operations(iterations), threads, iterations);
        }

        return Timing.Median(rates);
    }

    private static int Calibrate(Action<int> loop, double seconds)
    {
        const int trial = 20_000;
        long start = Stopwatch.GetTimestamp();
        loop(trial);
        double each = Math.Max(Stopwatch.GetElapsedTime(start).TotalSeconds / trial, 1e-10);
        return (int)Math.Clamp(seconds / each, 1_000, 1e9);
    }

    private static double Rate(Action<int> loop, double operations, int threads, int iterations)
    {
        double[] rates = new double[threads];
        using Barrier together = new(threads);
        void Work(int index)
        {
            together.SignalAndWait();
            long start = Stopwatch.GetTimestamp();
            loop(iterations);
            rates[index] = operations / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
        }

        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(index => new Thread(() => Work(index)))];
        foreach (Thread other in others)
        {
            other.Start();
        }

        Work(0);
        foreach (Thread other in others)
        {
            other.Join();
        }

        return rates.Sum();
    }
}
