namespace Pyrite.Benchmarks;

/// <summary>What an operation costs beside its arithmetic.</summary>
internal sealed class OverheadBenchmark : Benchmark
{
    private const int Operations = 20;

    public override string Name => "overhead";

    public override string Description => "nanoseconds an operation of [8] tensors: eager, with gradient, and in a recorded step  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        PeakRate.Measure().AddTo(report);
        Tensor x = Tensor.Full([8], 0.5, DType.Float32);
        Tensor y = Tensor.Full([8], 0.25, DType.Float32);
        int calls = options.Short ? 200 : 20_000;
        double add = Seconds(() => _ = x + y, calls);
        double gradient = Seconds(() => _ = Gradient.Of(v => (v + y).Exp().Sum(), x), calls);
        double step = Seconds(() => RunStep(x, y), Math.Max(calls / Operations, 20)) / Operations;
        return report.Add("eager_add_ns", add * 1e9, "ns")
            .Add("add_exp_sum_gradient_ns", gradient * 1e9, "ns")
            .Add("checked_ns_per_operation", step * 1e9, $"ns, recorded step of {Operations} operations, checked and run");
    }

    private static double Seconds(Action work, int calls) => Timing.MedianSeconds(work, runs: 9, warmUp: 2 * calls, calls);

    private static void RunStep(Tensor x, Tensor y)
    {
        using StepScope scope = StepScope.Begin();
        Tensor z = x;
        for (int i = 0; i < Operations / 2; i++)
        {
            z = (z + y) * x;
        }

        z.Materialize();
    }
}
