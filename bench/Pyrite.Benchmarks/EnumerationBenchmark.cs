using Pyrite.Benchmarks.Models;
using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>Gradients of models whose discrete sites are summed out, on one thread, and how long it takes to make the density.</summary>
internal sealed class EnumerationBenchmark : Benchmark
{
    private const int Rows = 100_000;
    private const int FewRows = 10_000;
    private const int States = 16;
    private const int Makings = 15;

    public override string Name => "enumeration";

    public override string Description =>
        "discrete sites summed out, on one thread: a mixture of 100,000 rows, hidden Markov models, a tree: time per gradient  [--short]";

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
        Add(report, timing, "chain", DiscreteModels.HiddenMarkov(length, States, 1), $"{length} steps, {States} states");
        int[] lengths = options.Short ? [length] : [500, 1_000];
        Measured[] chains = Array.ConvertAll(lengths, steps16 => AddChain(report, timing, steps16));
        if (chains.Length == 2)
        {
            report.AddRatio("chain_length_ratio", chains[1], chains[0], 1, "times 500 steps, for 1,000");
        }
        AddWays(report, options.Short ? length : lengths[^1]);
        AddLargeTree(report, timing, options.Short ? DiscreteModels.Nodes : 2_000);
        return report;
    }

    /// <summary>A chain that is written step by step, once it has been made before, the same chain as a distribution: its log-density alone and
    /// with the gradient, and a forward-backward pass of matrix products.</summary>
    private static Measured AddChain(BenchmarkReport report, Timing timing, int steps)
    {
        string name = $"chain_{steps}";
        Action model = DiscreteModels.HiddenMarkov(steps, States, 1);
        Measured enumerated = Add(report, timing, name, model, $"{steps} steps, {States} states");
        Potential potential = null!;
        Pair again = Timing.Single(() => potential = Potential.Of(model));
        report.Add($"{name}_made_again_seconds", again.Seconds, "s, to make the density once more", again.IsDisturbed)
            .Add($"{name}_bytes", Inspect.Plan(potential).Segments.Sum(segment => segment.Bytes),
                $"bytes of all results of a gradient; 3 T K² numbers are {3 * steps * States * States * sizeof(double)}");
        (ReplayedFunction value, ReplayedFunction gradient, double[] point) = DiscreteModels.HiddenMarkovDensity(steps, States);
        double[] slopes = new double[point.Length];
        Measured alone = timing.OneThread(() => value.Run(point), DType.Float64);
        Measured both = timing.OneThread(() => gradient.Evaluate(point, slopes), DType.Float64);
        report.AddTime($"{name}_value_us", alone, 1e6, "µs, Hmm: the log-density alone")
            .AddTime($"{name}_gradient_us", both, 1e6, "µs, Hmm: with its gradient")
            .AddRatio($"{name}_gradient_ratio", both, alone, 1, "times the log-density alone");
        (ReplayedFunction passes, double[] numbers) = ForwardBackward.Recorded(steps, States);
        Measured plain = timing.OneThread(() => passes.Run(numbers), DType.Float64);
        (ReplayedFunction three, double[] factors) = ForwardBackward.Products(steps, States);
        Measured products = timing.OneThread(() => three.Run(factors), DType.Float64);
        report.AddTime($"{name}_forward_backward_us", plain, 1e6, "µs, forward and backward pass, a matrix product a step")
            .AddTime($"{name}_products_us", products, 1e6, "µs, its multiply-adds as three products at gemm speed, which no recursion allows")
            .AddRatio($"{name}_pass_ratio", enumerated, plain, 1, "times the forward and backward pass")
            .AddRatio($"{name}_products_ratio", enumerated, products, 1, "times the three products");
        return enumerated;
    }

    /// <summary>The same chain as a plain loop, with Markov and with Scan: how long it takes to make the density, once all code is warm.</summary>
    private static void AddWays(BenchmarkReport report, int steps)
    {
        (string Name, Action Model)[] ways =
        [
            ("loop", DiscreteModels.HiddenMarkov(steps, States, 1)), ("markov", DiscreteModels.HiddenMarkovByMarkov(steps, States)),
            ("scan", DiscreteModels.HiddenMarkovByScan(steps, States)),
        ];
        foreach ((string name, Action model) in ways)
        {
            Pair[] made = [.. Enumerable.Range(0, Makings).Select(_ => Timing.Single(() => Potential.Of(model)))];
            Pair median = made[^5..].OrderBy(pair => pair.Seconds).ElementAt(2);
            report.Add($"{name}_made_seconds", median.Seconds, $"s, to make {steps} steps of {States} states, median of the last five",
                median.IsDisturbed);
        }
    }

    /// <summary>A tree whose sites are summed out one by one: the order alone, and the density.</summary>
    private static void AddLargeTree(BenchmarkReport report, Timing timing, int nodes)
    {
        Action tree = DiscreteModels.Tree(nodes);
        Pair plan = Timing.Single(() => Inspect.Enumeration(tree));
        report.Add("large_tree_plan_seconds", plan.Seconds, $"s, to print the order of a tree of {nodes} sites", plan.IsDisturbed);
        Add(report, timing, "large_tree", tree, $"a tree of {nodes} sites of 3 values");
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
