using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>Element-wise operations and reductions of a million numbers, and a chain of them as a recorded step.</summary>
/// <remarks>Every repetition is a step of its own, forced to its end, with memory from the pool, so that no page is touched for the first time on the clock.
/// The arrays of 4 MB fit the last-level cache of common servers: rates are those of a copy of the same size, measured in the same way.</remarks>
internal sealed class ElementwiseBenchmark : Benchmark
{
    private const int Count = 1_000_000;

    private double seconds;
    private double warmUp;

    public override string Name => "elementwise";

    public override string Description => "a million Float32: functions and sums on one thread and all, a recorded chain of ten operations  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        (seconds, warmUp) = options.Short ? (0.01, 0.02) : (0.3, 0.4);
        BenchmarkReport report = new(Name);
        PeakRate.Measure().AddTo(report);
        Tensor x = (new RandomKey(1, 0).Uniform([Count], DType.Float32) * 4.0) + 0.5;
        Tensor y = new RandomKey(2, 0).Uniform([Count], DType.Float32);
        x.Materialize();
        y.Materialize();
        MemoryCopy copy = new(Count);

        AddRate(report, "copy", 2, "one array read and one written", copy.Run);
        AddRate(report, "add", 3, "two arrays read and one written", Step(() => x + y));
        AddRate(report, "sum", 1, "one array read", Step(() => x.Sum()));
        (string Name, Func<Tensor> Function)[] functions =
        [
            ("exp", x.Exp), ("log", x.Log), ("tanh", x.Tanh), ("sigmoid", x.Sigmoid), ("sin", x.Sin), ("softplus", x.Softplus), ("lgamma", x.LogGamma), ("digamma", x.Digamma),
            ("logsumexp", () => x.LogSumExp(0)), ("softmax", () => x.Softmax(0)),
        ];
        foreach ((string name, Func<Tensor> function) in functions)
        {
            AddTimes(report, name, Step(function));
        }

        (double one, double all) = AddTimes(report, "chain", Step(() => Chain(x, y)));
        return report.Add("chain_ratio", one / report["add_us"], "the chain of ten over add: both read two arrays and give one, one thread")
            .Add("chain_all_threads_ratio", all / report["add_all_threads_us"], "the same on all threads");
    }

    /// <summary>Ten operations: four sums, four products, two maxima.</summary>
    private static Tensor Chain(Tensor x, Tensor y)
    {
        Tensor z = (x + y) * 1.5;
        z = Tensor.Maximum(z + 0.25, y) * x;
        z = Tensor.Maximum((z + y) * 0.5, 0.1) + x;
        return z * 0.75;
    }

    private static Action Step(Func<Tensor> operation) => () =>
    {
        using StepScope scope = StepScope.Begin();
        operation().Materialize();
    };

    private void AddRate(BenchmarkReport report, string name, int arrays, string traffic, Action work)
    {
        (double one, double all) = AddTimes(report, name, work);
        report.Add($"{name}_gigabytes_per_second", 4e-3 * arrays * Count / one, $"GB/s, {traffic}, one thread")
            .Add($"{name}_all_threads_gigabytes_per_second", 4e-3 * arrays * Count / all, "GB/s");
    }

    private (double One, double All) AddTimes(BenchmarkReport report, string name, Action work)
    {
        double one;
        using (WorkerPool.LimitThreads(1))
        {
            one = 1e6 * SteadyTiming.MedianSeconds(work, seconds, warmUp);
        }

        double all = 1e6 * SteadyTiming.MedianSeconds(work, seconds, warmUp);
        report.Add($"{name}_us", one, "µs, one thread").Add($"{name}_all_threads_us", all, $"µs, {WorkerPool.ThreadCount} threads");
        return (one, all);
    }
}
