using System.Diagnostics;
using Pyrite.Kernels;

namespace Pyrite.Benchmarks;

/// <summary>NUTS on one thread: microseconds per gradient, all of the sampler included.</summary>
internal sealed class NutsBenchmark : Benchmark
{
    public override string Name => "nuts";

    public override string Description => "NUTS on one thread: time per gradient of three models, bytes a draw  [--runs N] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        int runs = options.Integer("runs", options.Short ? 3 : 9);
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        PeakRate.Measure().AddTo(report);
        (double eight, double bytes) = Measure(NutsModels.EightSchools(), 0.95, options.Short ? 2_000 : 20_000, runs);
        report.Add("eight_schools_us_per_gradient", eight, "µs").Add("bytes_per_steady_draw", bytes, "bytes");
        report.Add("eight_schools_density_us", Density(NutsModels.EightSchools(), 20_000, runs), "µs");
        report.Add("hierarchical_us_per_gradient", Measure(NutsModels.Hierarchical(), 0.8, options.Short ? 500 : 4_000, runs).Microseconds, "µs");
        report.Add("hierarchical_density_us", Density(NutsModels.Hierarchical(), 5_000, runs), "µs");
        report.Add("logistic_us_per_gradient", Measure(NutsModels.Logistic(), 0.8, options.Short ? 20 : 150, runs).Microseconds, "µs");
        return report.Add("logistic_density_us", Density(NutsModels.Logistic(), 100, runs), "µs");
    }

    private static (double Microseconds, double Bytes) Measure(Action model, double targetAcceptance, int transitions, int runs)
    {
        const int Warmup = 1000;
        Potential potential = Potential.Of(model);
        Nuts sampler = new(targetAcceptance);
        RandomKey key = RandomKey.FromSeed(1);
        ChainState state = sampler.Initialize(potential, new double[potential.Dimension], Warmup, key.Child("start"));
        for (int i = 0; i < Warmup; i++)
        {
            sampler.Step(state, key.Child(i));
        }
        double[] times = new double[runs];
        double bytes = 0;
        for (int run = 0; run < runs; run++)
        {
            long gradients = 0, before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            for (int i = 0; i < transitions; i++)
            {
                sampler.Step(state, key.Child(run).Child(i));
                gradients += state.Last.LeapfrogSteps;
            }
            times[run] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / gradients;
            bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / transitions;
        }
        return (Timing.Median(times), bytes);
    }

    private static double Density(Action model, int calls, int runs)
    {
        Potential potential = Potential.Of(model);
        double[] point = new double[potential.Dimension], gradient = new double[potential.Dimension];
        return 1e6 * Timing.MedianSeconds(() => potential.LogDensity(point, gradient), runs, warmUp: calls, calls);
    }
}
