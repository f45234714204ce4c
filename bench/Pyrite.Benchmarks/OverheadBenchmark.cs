
namespace Pyrite.Benchmarks;

/// <summary>What an operation costs beside its arithmetic.</summary>
internal sealed class OverheadBenchmark : Benchmark
{
    private const int Operations = 20;
    private const int Length = 8;

    public override string Name => "overhead";

    public override string Description => "nanoseconds per operation of [8] tensors: eager, with gradient, and in a recorded step  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(8);
        PeakRate.AddTo(report, timing);
        Tensor x = Tensor.Full([Length], 0.5, DType.Float32);
        Tensor y = Tensor.Full([Length], 0.25, DType.Float32);
        double[] point = [.. Enumerable.Range(0, 2 * Length).Select(i => 0.5 + (0.01 * i))];
        ReplayedFunction function = ReplayedFunction.TryRecord(
            given => [Chain(given[0], given[1])], [[Length], [Length]], point, withGradient: false)!;
        Measured step = timing.OneThread(Steps.Of(() => Chain(x, y))), replay = timing.OneThread(() => function.Run(point));
        return report.AddTime("eager_add_ns", timing.OneThread(() => _ = x + y), 1e9, "ns")
            .AddTime("add_exp_sum_gradient_ns", timing.OneThread(() => _ = Gradient.Of(v => (v + y).Exp().Sum(), x)), 1e9, "ns")
            .AddTime("checked_ns_per_operation", step, 1e9 / Operations, $"ns, recorded step of {Operations} operations, checked and run")
            .AddTime("replayed_ns_per_operation", replay, 1e9 / Operations, "ns, the same in Float64, replayed without their C# code");
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
