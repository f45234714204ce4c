using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>The VAE's training step on one thread and on two, in turns.</summary>
internal sealed class ScalingBenchmark : Benchmark
{
    public override string Name => "scaling";

    public override string Description => "the VAE's training step on one thread and on two: images per second and their ratio  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(6);
        PeakRate.AddTo(report, timing);
        VaeTraining training = new();
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(2);
        Measured two = timing.UnitsOnAllThreads(training.Step), one = timing.UnitsOnOneThread(training.Step);
        return report.AddRate("images_per_second_1_thread", one, 1, "images/s")
            .AddRate("images_per_second_2_threads", two, 1, "images/s")
            .AddRatio("speedup_2_threads", one, two, most: 2);
    }
}
