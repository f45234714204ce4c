using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>The VAE's training step on one thread and on two, in turns.</summary>
internal sealed class ScalingBenchmark : Benchmark
{
    private const int Rounds = 4;

    public override string Name => "scaling";

    public override string Description => "the VAE's training step on one thread and on two: images per second and their ratio  [--steps N] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        int steps = options.Integer("steps", options.Short ? 5 : 60);
        VaeTraining training = new();
        training.Run(steps);
        List<double> one = [];
        List<double> two = [];
        for (int round = 0; round < Rounds; round++)
        {
            using (WorkerPool.LimitThreads(1))
            {
                one.Add(training.Run(steps).ImagesPerSecond);
            }

            using (WorkerPool.LimitThreads(2))
            {
                two.Add(training.Run(steps).ImagesPerSecond);
            }
        }

        BenchmarkReport report = new(Name);
        PeakRate.Measure().AddTo(report);
        return report.Add("images_per_second_1_thread", Timing.Median(one))
            .Add("images_per_second_2_threads", Timing.Median(two))
            .Add("speedup_2_threads", Timing.Median(two) / Timing.Median(one));
    }
}
