namespace Pyrite.Benchmarks;

/// <summary>Element-wise operations and reductions of a million numbers, and a chain of them as a recorded step.</summary>
internal sealed class ElementwiseBenchmark : Benchmark
{
    private const int Count = 1_000_000;

    public override string Name => "elementwise";

    public override string Description => "a million Float32: functions, sums, and a recorded chain of ten operations  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        PeakRate.Measure().AddTo(report);
        Tensor x = Tensor.LinearSpace(0.5, 4.5, Count, DType.Float32);
        Tensor y = x * 0.5;
        int runs = options.Short ? 3 : 25;
        double add = Microseconds(() => x + y, runs);
        report.Add("add_us", add, "µs")
            .Add("add_gigabytes_per_second", 12.0 * Count / add / 1e3, "GB/s, two arrays read and one written")
            .Add("exp_us", Microseconds(x.Exp, runs), "µs")
            .Add("log_us", Microseconds(x.Log, runs), "µs")
            .Add("tanh_us", Microseconds(x.Tanh, runs), "µs")
            .Add("sigmoid_us", Microseconds(x.Sigmoid, runs), "µs")
            .Add("lgamma_us", Microseconds(x.LogGamma, runs), "µs")
            .Add("sum_us", Microseconds(() => x.Sum(), runs), "µs")
            .Add("logsumexp_us", Microseconds(() => x.LogSumExp(0), runs), "µs")
            .Add("softmax_us", Microseconds(() => x.Softmax(0), runs), "µs");

        double pass = Microseconds(() => x * 2.0, runs);
        double chain = Microseconds(() => Chain(x, y), runs);
        return report.Add("one_pass_us", pass, "µs").Add("chain_of_ten_us", chain, "µs").Add("chain_to_one_pass", chain / pass);
    }

    private static Tensor Chain(Tensor x, Tensor y)
    {
        Tensor z = (x + y) * 1.5;
        z = Tensor.Maximum(z + 0.25, y) * x;
        z = Tensor.Maximum((z + y) * 0.5, 0.1) + x;
        return z * 0.75;
    }

    private static double Microseconds(Func<Tensor> operation, int runs) => 1e6 * Timing.MedianSeconds(
        () =>
        {
            using StepScope scope = StepScope.Begin();
            operation().Materialize();
        },
        runs,
        warmUp: 5);
}
