using Pyrite.Programs;

namespace Pyrite.Benchmarks;

/// <summary>What an operation costs beside its arithmetic.</summary>
internal sealed class OverheadBenchmark : Benchmark
{
    private const int Operations = 20;
    private const int Length = 8;

    public override string Name => "overhead";

    public override string Description => "nanoseconds an operation of [8] tensors: eager, with gradient, and in a recorded step  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        PeakRate.Measure().AddTo(report);
        Tensor x = Tensor.Full([Length], 0.5, DType.Float32);
        Tensor y = Tensor.Full([Length], 0.25, DType.Float32);
        int calls = options.Short ? 200 : 20_000;
        double add = Seconds(() => _ = x + y, calls);
        double gradient = Seconds(() => _ = Gradient.Of(v => (v + y).Exp().Sum(), x), calls);
        double step = Seconds(() => RunStep(x, y), Math.Max(calls / Operations, 20)) / Operations;
        return report.Add("eager_add_ns", add * 1e9, "ns")
            .Add("add_exp_sum_gradient_ns", gradient * 1e9, "ns")
            .Add("checked_ns_per_operation", step * 1e9, $"ns, recorded step of {Operations} operations, checked and run")
            .Add("replayed_ns_per_operation", Replay(calls) * 1e9, $"ns, the same {Operations} operations in Float64, replayed without their C# code");
    }

    private static double Seconds(Action work, int calls) => Timing.MedianSeconds(work, runs: 9, warmUp: 2 * calls, calls);

    private static void RunStep(Tensor x, Tensor y)
    {
        using StepScope scope = StepScope.Begin();
        Chain(x, y).Materialize();
    }

    private static double Replay(int calls)
    {
        double[] point = [.. Enumerable.Range(0, 2 * Length).Select(i => 0.5 + (0.01 * i))];
        ReplayedFunction function = ReplayedFunction.TryRecord(given => [Chain(given[0], given[1])], [[Length], [Length]], point, withGradient: false)!;
        return Seconds(() => function.Run(point), calls) / Operations;
    }

    private static Tensor Chain(Tensor x, Tensor y)
    {
        Tensor z = x;
        for (int i = 0; i < Operations / 2; i++)
        {
            z = (z + y) * x;
        }

        return z;
    }
}
