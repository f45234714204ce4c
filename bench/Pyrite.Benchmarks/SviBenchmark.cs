using System.Diagnostics;
using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>Steps of variational inference on small models, on one thread: what the language costs beside the arithmetic.</summary>
internal sealed class SviBenchmark : Benchmark
{
    private const int Rows = 170;
    private const int Groups = 85;
    private const int GroupedRows = 919;
    private const int WarmUpSteps = 2_000;

    private static readonly Tensor Group = Tensor.From([.. Enumerable.Range(0, GroupedRows).Select(i => (long)(i % Groups))]).Keep();

    public override string Name => "svi";

    public override string Description => "one thread: steps of regression 170 x 3 and of a hierarchical regression, AutoNormal  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit oneThread = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        PeakRate.Measure(options.Short ? 0.2 : 1).AddTo(report);
        int runs = options.Short ? 3 : 200;
        Svi<(Tensor X, Tensor? Y)> svi = new(Regression, new AutoNormal<(Tensor X, Tensor? Y)>(Regression), new Adam(learningRate: 0.02), new TraceElbo(), seed: 1);
        (Tensor X, Tensor? Y) data = Data();
        long start = Stopwatch.GetTimestamp();
        Repeat(() => svi.Step(data), 1_000);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Repeat(() => svi.Step(data), WarmUpSteps);
        report.Add("regression_first_1000_ms", first, "ms, the first 1,000 steps with compilation");
        Measure(report, "regression_us_per_step", "regression_bytes_per_step", () => svi.Step(data), runs, "a step of regression 170 x 3");
        Svi<Tensor> grouped = new(Hierarchy, new AutoNormal<Tensor>(Hierarchy), new Adam(learningRate: 0.02), new TraceElbo(), seed: 1);
        Tensor y = RandomKey.FromSeed(3).Normal([GroupedRows]);
        Repeat(() => grouped.Step(y), WarmUpSteps);
        Measure(report, "hierarchical_us_per_step", "hierarchical_bytes_per_step", () => grouped.Step(y), runs, "a step of 919 rows in 85 groups");
        return report.Add("svi_step_us", report["regression_us_per_step"], "µs, the first of these again");
    }

    private static void Measure(BenchmarkReport report, string time, string bytes, Action step, int runs, string what)
    {
        const int Calls = 100;
        double fastest = double.PositiveInfinity;
        for (int run = 0; run < runs; run++)
        {
            fastest = Math.Min(fastest, Timing.MedianSeconds(() => Repeat(step, Calls), runs: 1, warmUp: 0) / Calls);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(step, Calls);
        report.Add(time, fastest * 1e6, $"µs, {what}, the fastest of {runs} runs of {Calls}")
            .Add(bytes, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls, "bytes allocated a step");
    }

    private static void Repeat(Action step, int times)
    {
        for (int i = 0; i < times; i++)
        {
            step();
        }
    }

    private static (Tensor X, Tensor? Y) Data()
    {
        Tensor x = RandomKey.FromSeed(1).Normal([Rows, 3]);
        return (x, x.Sum(-1) + 1 + (0.5 * RandomKey.FromSeed(2).Normal([Rows])));
    }

    private static void Regression((Tensor X, Tensor? Y) data)
    {
        Tensor bias = Sample("bias", new Normal(0, 10));
        Tensor weights = Sample("weights", new Normal(Tensor.Zeros(3), 1).ToEvent(1));
        Tensor scale = Sample("scale", new HalfNormal(1));
        using (Plate("rows", data.X.Shape[0]))
        {
            Sample("y", new Normal(bias + data.X.MatMul(weights), scale), observed: data.Y);
        }
    }

    private static void Hierarchy(Tensor y)
    {
        Tensor mean = Sample("mean", new Normal(0, 5));
        Tensor spread = Sample("spread", new HalfNormal(1));
        Tensor noise = Sample("noise", new HalfNormal(1));
        Tensor level;
        using (Plate("groups", Groups))
        {
            level = Sample("level", new Normal(mean, spread));
        }

        using (Plate("rows", GroupedRows))
        {
            Sample("y", new Normal(level.Take(Group), noise), observed: y);
        }
    }
}
