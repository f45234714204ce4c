using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks.Models;

/// <summary>Log-densities of series with their gradients, on one thread.</summary>
internal sealed class TimeSeriesBenchmark : Benchmark
{
    private const int States = 4;

    public override string Name => "time-series";

    public override string Description =>
        "a Kalman filter of 10,000 steps with 4 states, and ARMA(1, 1) of 200 steps: time per gradient, one thread  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(5);
        PeakRate.AddTo(report, timing);
        int steps = options.Short ? 1_000 : 10_000;
        AddFilter(report, timing, steps);
        AddArma(report, timing, 200);
        return report;
    }

    private static void AddFilter(BenchmarkReport report, Timing timing, int steps)
    {
        Tensor y = RandomKey.FromSeed(1).Normal([steps, 1], DType.Float64), row = Tensor.From(new double[,] { { 1, 0.5, 0.2, 1 } });
        Tensor turn = 0.8 * Tensor.Identity(States, DType.Float64) + 0.05, one = Tensor.Ones([1, 1], DType.Float64);
        InitialState start = InitialState.Normal(Tensor.Zeros([States], DType.Float64), Tensor.Identity(States, DType.Float64));
        double[] point = [0.3, 0.2, 0.1, 0.4, 0.5], gradient = new double[point.Length];
        ReplayedFunction density = ReplayedFunction.TryRecord(
            x => [new LinearGaussianStateSpace(turn, x[0].DiagonalEmbed(), row, one * x[1], start, steps, validate: false).LogProb(y)],
            [Shape.Create(States), Shape.Scalar], point, true)!;
        density.Evaluate(point, gradient);
        long before = GC.GetAllocatedBytesForCurrentThread();
        density.Evaluate(point, gradient);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Measured measured = timing.OneThread(() => density.Evaluate(point, gradient), DType.Float64);
        report.AddTime("filter_ms_per_gradient", measured, 1e3, $"ms, {steps} steps, {States} states, one output")
            .Add("filter_megabytes", bytes / 1e6, "MB allocated by one gradient");
    }

    private static void AddArma(BenchmarkReport report, Timing timing, int steps)
    {
        Tensor y = new Arma(Tensor.From([0.7]), Tensor.From([-0.4]), 0.5, 1.0, steps).Sample(RandomKey.FromSeed(2));
        double[] point = [0.6, -0.3, 0.4, 1.1], gradient = new double[point.Length];
        ReplayedFunction density = ReplayedFunction.TryRecord(
            x => [new Arma(x[0], x[1], x[2], x[3], steps, validate: false).LogProb(y)],
            [Shape.Create(1), Shape.Create(1), Shape.Scalar, Shape.Scalar], point, true)!;
        Measured measured = timing.OneThread(() => density.Evaluate(point, gradient), DType.Float64);
        report.AddTime("arma_us_per_gradient", measured, 1e6, $"µs, ARMA(1, 1) of {steps} steps");
    }
}
