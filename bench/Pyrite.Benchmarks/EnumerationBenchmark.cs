using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>Gradients of models whose discrete sites are summed out, on one thread, and how long it takes to make the density.</summary>
internal sealed class EnumerationBenchmark : Benchmark
{
    private const int Rows = 100_000;
    private const int FewRows = 10_000;

    public override string Name => "enumeration";

    public override string Description =>
        "discrete sites summed out, on one thread: a mixture of 100,000 rows, a hidden Markov model, a tree: time per gradient  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(5);
        PeakRate.AddTo(report, timing);
        (int rows, int steps, int length) = options.Short ? (FewRows, 40, 20) : (Rows, 400, 200);
        Measured summed = Add(report, timing, "mixture", DiscreteModels.Mixture(rows), $"{rows} rows, {DiscreteModels.Components} components");
        Measured byHand = Add(report, timing, "mixture_by_hand", DiscreteModels.MixtureByHand(rows), "the same as MixtureSameFamily");
        report.AddRatio("mixture_ratio", summed, byHand, 1, "times MixtureSameFamily");
        Add(report, timing, "tree", DiscreteModels.Tree(), $"a tree of {DiscreteModels.Nodes} sites of 3 values");
        Add(report, timing, "hidden_markov", DiscreteModels.HiddenMarkov(steps, 2, 2), $"{steps} steps, 2 states, 2 outputs");
        Add(report, timing, "chain", DiscreteModels.HiddenMarkov(length, 16, 1), $"{length} steps, 16 states");
        return report;
    }

    private static Measured Add(BenchmarkReport report, Timing timing, string name, Action model, string what)
    {
        Potential potential = null!;
        Pair made = Timing.Single(() => potential = Potential.Of(model));
        double[] point = new double[potential.Dimension], gradient = new double[potential.Dimension];
        Measured measured = timing.OneThread(() => potential.LogDensity(point, gradient), DType.Float64);
        report.AddTime($"{name}_us_per_gradient", measured, 1e6, $"µs, {what}").Add($"{name}_made_seconds", made.Seconds, "s, to make the density",
            made.IsDisturbed);
        return measured;
    }
}
