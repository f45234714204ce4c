using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>Steps of variational inference on small models, on one thread: what the language costs beside the arithmetic.</summary>
internal sealed class SviBenchmark : Benchmark
{
    private const int Rows = 170;
    private const int Groups = 85;
    private const int GroupedRows = 919;
    private const int FirstSteps = 1_000;

    private static readonly Tensor Group = Tensor.From([.. Enumerable.Range(0, GroupedRows).Select(i => (long)(i % Groups))]).Keep();

    public override string Name => "svi";

    public override string Description =>
        "one thread: steps of regression 170 x 3 and of a hierarchical regression, AutoNormal  [--first-steps: only the first 1,000] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit oneThread = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        AutoNormal<(Tensor X, Tensor? Y)> guide = new(Regression);
        Svi<(Tensor X, Tensor? Y)> svi = new(Regression, guide, new Adam(learningRate: 0.02), new TraceElbo(), seed: 1);
        (Tensor X, Tensor? Y) data = Data();
        Pair first = Timing.Single(() => Steps.Repeat(FirstSteps, () => svi.Step(data)));
        report.Add("regression_first_1000_ms", 1e3 * first.Seconds, "ms, the first 1,000 steps with compilation, once", first.IsDisturbed);
        if (options.Has("first-steps"))
        {
            return report;
        }
        Timing timing = options.Timing(6);
        PeakRate.AddTo(report, timing);
        Add(report, timing, "regression", () => svi.Step(data), "a step of regression 170 x 3");
        Svi<Tensor> grouped = new(Hierarchy, new AutoNormal<Tensor>(Hierarchy), new Adam(learningRate: 0.02), new TraceElbo(), seed: 1);
        Tensor y = RandomKey.FromSeed(3).Normal([GroupedRows]);
        Add(report, timing, "hierarchical", () => grouped.Step(y), "a step of 919 rows in 85 groups");
        return report;
    }

    private static void Add(BenchmarkReport report, Timing timing, string name, Action step, string what)
    {
        const int Calls = 100;
        report.AddTime($"{name}_us_per_step", timing.OneThread(step), 1e6, $"µs, {what}");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Steps.Repeat(Calls, step);
        report.Add($"{name}_bytes_per_step", (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls, "bytes allocated per step");
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
