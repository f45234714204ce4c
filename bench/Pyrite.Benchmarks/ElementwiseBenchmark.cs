using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>Element-wise operations and reductions of a million numbers, and a chain of them as a recorded step.</summary>
/// <remarks>Every repetition is a step of its own, forced to its end, with memory from the pool, so that no page is touched for the first time on
/// the clock.
/// The arrays of 4 MB fit the last-level cache of common servers: rates are those of a copy of the same size, measured in the same way.</remarks>
internal sealed class ElementwiseBenchmark : Benchmark
{
    private const int Count = 1_000_000;

    public override string Name => "elementwise";

    public override string Description =>
        "a million Float32: functions and sums on one thread and all, a recorded chain of ten operations  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(32);
        PeakRate.AddTo(report, timing);
        Tensor x = (new RandomKey(1, 0).Uniform([Count], DType.Float32) * 4.0) + 0.5;
        Tensor y = new RandomKey(2, 0).Uniform([Count], DType.Float32);
        x.Materialize();
        y.Materialize();
        MemoryCopy copy = new(Count);

        AddRate("copy", 2, "one array read and one written", copy.Run);
        (Measured One, Measured All) add = AddRate("add", 3, "two arrays read and one written", Steps.Of(() => x + y));
        AddRate("sum", 1, "one array read", Steps.Of(() => x.Sum()));
        (string Name, Func<Tensor> Function)[] functions =
        [
            ("exp", x.Exp), ("log", x.Log), ("tanh", x.Tanh), ("sigmoid", x.Sigmoid), ("sin", x.Sin), ("softplus", x.Softplus),
            ("lgamma", x.LogGamma), ("digamma", x.Digamma),
            ("logsumexp", () => x.LogSumExp(0)), ("softmax", () => x.Softmax(0)),
        ];
        foreach ((string name, Func<Tensor> function) in functions)
        {
            AddTimes(name, Steps.Of(function));
        }

        (Measured One, Measured All) chain = AddTimes("chain", Steps.Of(() => Chain(x, y)));
        return report.AddRatio("chain_ratio", chain.One, add.One, unit: "the chain of ten over add: both read two arrays and give one, one thread")
            .AddRatio("chain_all_threads_ratio", chain.All, add.All, unit: "the same on all threads");

        (Measured One, Measured All) AddRate(string name, int arrays, string traffic, Action work)
        {
            (Measured One, Measured All) measured = AddTimes(name, work);
            double gigabytes = 4e-9 * arrays * Count;
            report.AddRate($"{name}_gigabytes_per_second", measured.One, gigabytes, $"GB/s, {traffic}, one thread")
                .AddRate($"{name}_all_threads_gigabytes_per_second", measured.All, gigabytes, "GB/s");
            return measured;
        }

        (Measured One, Measured All) AddTimes(string name, Action work)
        {
            (Measured One, Measured All) measured = timing.OneAndAllThreads(work);
            report.AddTime($"{name}_us", measured.One, 1e6, "µs, one thread")
                .AddTime($"{name}_all_threads_us", measured.All, 1e6, $"µs, {WorkerPool.ThreadCount} threads");
            return measured;
        }
    }

    /// <summary>Ten operations: four sums, four products, two maxima.</summary>
    private static Tensor Chain(Tensor x, Tensor y)
    {
        Tensor z = (x + y) * 1.5;
        z = Tensor.Maximum(z + 0.25, y) * x;
        z = Tensor.Maximum((z + y) * 0.5, 0.1) + x;
        return z * 0.75;
    }
}
