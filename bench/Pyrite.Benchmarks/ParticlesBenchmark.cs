using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>Steps of an objective with sixteen runs of model and guide, on one thread and on all.</summary>
internal sealed class ParticlesBenchmark : Benchmark
{
    private const int Rows = 5_000;
    private const int Particles = 16;

    private static readonly Tensor X = RandomKey.FromSeed(1).Normal([Rows, 3]).Keep();
    private static readonly Tensor Y = (X.Sum(-1) + 1 + (0.5 * RandomKey.FromSeed(2).Normal([Rows]))).Keep();

    public override string Name => "particles";

    public override string Description => "a step of regression 5,000 x 3 with 16 particles, on one thread and on all  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(6);
        PeakRate.AddTo(report, timing);
        Measured one = OnThread(1, step => timing.OneThread(step)), all = OnThread(WorkerPool.ThreadCount, step => timing.AllThreads(step));
        return report.AddTime("particles16_us_per_step_1_thread", one, 1e6, "µs, one thread")
            .AddTime("particles16_us_per_step", all, 1e6, $"µs, {WorkerPool.ThreadCount} threads")
            .AddRatio("particles16_speedup", one, all, unit: $"times as fast on {WorkerPool.ThreadCount} threads", most: WorkerPool.ThreadCount);
    }

    /// <summary>A thread of its own makes plans of its own for its number of threads.</summary>
    private static Measured OnThread(int threads, Func<Action, Measured> measure)
    {
        Measured? measured = null;
        Thread thread = new(() =>
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            Svi<int> svi = new(Model, new AutoNormal<int>(Model), new Adam(learningRate: 0.01), new TraceElbo(Particles), seed: 1);
            measured = measure(() => svi.Step(0));
        });
        thread.Start();
        thread.Join();
        return measured!;
    }

    private static void Model(int data)
    {
        Tensor bias = Sample("bias", new Normal(0, 10));
        Tensor weights = Sample("weights", new Normal(Tensor.Zeros(3), 1).ToEvent(1));
        Tensor scale = Sample("scale", new HalfNormal(1));
        using (Plate("rows", Rows))
        {
            Sample("y", new Normal(bias + X.MatMul(weights), scale), observed: Y);
        }
    }
}
