using System.Diagnostics;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>Gradients of models with a loop over time, and how long a user waits for the first fast one.</summary>
internal sealed class LoopsBenchmark : Benchmark
{
    /// <summary>How much slower than in the long run a gradient may be to count as fast.</summary>
    private const double FastRatio = 1.5;
    private const double FirstSeconds = 2;

    public override string Name => "loops";

    public override string Description =>
        "loops over time on one thread: ARMA(1, 1) and GARCH(1, 1) of 200 steps, a hidden Markov model of 400: time per gradient  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(8);
        PeakRate.AddTo(report, timing);
        Add(report, timing, "arma", LoopModels.Arma(), "ARMA(1, 1), 200 steps");
        Add(report, timing, "garch", LoopModels.Garch(isStationary: false), "GARCH(1, 1), 200 steps");
        Add(report, timing, "garch_stationary", LoopModels.Garch(isStationary: true), "the same with a bound that depends on a latent");
        Add(report, timing, "hidden_markov", LoopModels.HiddenMarkov(), "400 steps, 2 states");
        return report;
    }

    private static void Add(BenchmarkReport report, Timing timing, string name, Action model, string what)
    {
        Potential potential = null!;
        double[] point = [], gradient = [];
        List<(double Taken, double Since)> first = [];
        Pair start = Timing.Single(() =>
        {
            long begin = Stopwatch.GetTimestamp();
            potential = Potential.Of(model);
            (point, gradient) = (new double[potential.Dimension], new double[potential.Dimension]);
            double ready = Stopwatch.GetElapsedTime(begin).TotalSeconds, since = ready;
            while (since < ready + FirstSeconds)
            {
                potential.LogDensity(point, gradient);
                double now = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                first.Add((now - since, now));
                since = now;
            }
        });
        Measured measured = timing.OneThread(() => potential.LogDensity(point, gradient), DType.Float64);
        double fast = FastRatio * measured.Seconds.Median;
        double since = first.Find(call => call.Taken < fast) is { Since: > 0 } call ? call.Since : double.NaN;
        report.AddTime($"{name}_us_per_gradient", measured, 1e6, $"µs, {what}")
            .Add($"{name}_first_fast_seconds", since, $"s, to the first gradient within {FastRatio} times that", start.IsDisturbed);
    }
}
