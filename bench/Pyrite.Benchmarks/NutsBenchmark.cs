using System.Diagnostics;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>NUTS on one thread: microseconds per gradient, all of the sampler included.</summary>
internal sealed class NutsBenchmark : Benchmark
{
    public override string Name => "nuts";

    public override string Description => "NUTS on one thread: time per gradient of four models, bytes a draw; cold start of the command line  [--runs N] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        int runs = options.Integer("runs", options.Short ? 51 : 301);
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        PeakRate.Measure().AddTo(report);
        Add(report, "eight_schools", NutsModels.EightSchools(), 0.95, 200, runs);
        Add(report, "hierarchical", NutsModels.Hierarchical(), 0.8, 40, runs);
        Add(report, "logistic", NutsModels.Logistic(), 0.8, 1, runs);
        Add(report, "gaussian_process", NutsModels.GaussianProcess(), 0.8, 1, runs);
        AddAlgebra(report, report["gaussian_process_us_per_gradient"], runs);
        return report.Add("cold_summary_seconds", ColdBenchmark.SummarySeconds(options.Short ? 3 : 11), "s");
    }

    /// <summary>Slices of one or two milliseconds: their median is the figure, the least of them shows what a busy machine hides.</summary>
    private static void Add(BenchmarkReport report, string name, Action model, double targetAcceptance, int transitions, int runs)
    {
        (double median, double least, double bytes) = Measure(model, targetAcceptance, transitions, runs);
        report.Add($"{name}_us_per_gradient", median, "µs").Add($"{name}_least_us", least, "µs").Add($"{name}_density_us", Density(model, transitions * 5, runs), "µs")
            .Add($"{name}_bytes_per_draw", bytes, "bytes");
    }

    /// <summary>What the linear algebra of a Gaussian process costs at the speed of a matrix product of that size: a Cholesky factor, two triangular systems and an inverse.</summary>
    /// <remarks>n³/3, n² each and 2 n³ operations. Of a symmetric matrix whose factor is known an inverse takes 2/3 n³; the second ratio counts that.</remarks>
    private static void AddAlgebra(BenchmarkReport report, double microseconds, int runs)
    {
        const double Size = NutsModels.Points, Cube = Size * Size * Size, Factor = Cube / 3, Systems = 2 * Size * Size;
        Tensor a = RandomKey.FromSeed(4).Normal([NutsModels.Points, NutsModels.Points], DType.Float64), b = RandomKey.FromSeed(5).Normal(a.Shape, DType.Float64);
        double seconds = Timing.MedianSeconds(Multiply, runs, warmUp: 50, calls: 3), rate = 2 * Cube / seconds / 1e6;
        report.Add("gemm_200_gflops", rate / 1e3, "GFLOP/s").Add("gaussian_process_algebra_us", (Factor + Systems + (2 * Cube)) / rate, "µs");
        report.Add("gaussian_process_ratio", microseconds * rate / (Factor + Systems + (2 * Cube))).Add("gaussian_process_symmetric_ratio", microseconds * rate / (Factor + Systems + (2 * Cube / 3)));

        void Multiply()
        {
            using StepScope scope = StepScope.Begin();
            a.MatMul(b).Materialize();
        }
    }

    private static (double Microseconds, double Least, double Bytes) Measure(Action model, double targetAcceptance, int transitions, int runs)
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
        return (Timing.Median(times), times.Min(), bytes);
    }

    private static double Density(Action model, int calls, int runs)
    {
        Potential potential = Potential.Of(model);
        double[] point = new double[potential.Dimension], gradient = new double[potential.Dimension];
        return 1e6 * Timing.MedianSeconds(() => potential.LogDensity(point, gradient), runs, warmUp: 50, calls);
    }
}
