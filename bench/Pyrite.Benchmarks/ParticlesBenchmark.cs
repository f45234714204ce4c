using System.Diagnostics;
using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>Steps of an objective with sixteen runs of model and guide, on one thread and on all.</summary>
internal sealed class ParticlesBenchmark : Benchmark
{
    private const int Rows = 5_000;
    private const int Particles = 16;
    private const int WarmUpSteps = 100;

    private static readonly Tensor X = RandomKey.FromSeed(1).Normal([Rows, 3]).Keep();
    private static readonly Tensor Y = (X.Sum(-1) + 1 + (0.5 * RandomKey.FromSeed(2).Normal([Rows]))).Keep();

    public override string Name => "particles";

    public override string Description => "a step of regression 5,000 x 3 with 16 particles, on one thread and on all  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        PeakRate.Measure(options.Short ? 0.2 : 1).AddTo(report);
        int runs = options.Short ? 200 : 5_000, all = WorkerPool.ThreadCount;
        double one = OnThreads(1, runs), many = OnThreads(all, runs);
        return report.Add("particles16_us_per_step_1_thread", one, $"µs, one thread, the fastest of {runs} steps")
            .Add("particles16_us_per_step", many, $"µs, {all} threads, the fastest of {runs} steps")
            .Add("particles16_speedup", one / many, $"times as fast on {all} threads");
    }

    /// <summary>A thread of its own makes plans of its own for its number of threads.</summary>
    private static double OnThreads(int threads, int runs)
    {
        double fastest = double.PositiveInfinity;
        Thread thread = new(() =>
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            Svi<int> svi = new(Model, new AutoNormal<int>(Model), new Adam(learningRate: 0.01), new TraceElbo(Particles), seed: 1);
            for (int i = 0; i < WarmUpSteps; i++)
            {
                svi.Step(0);
            }
            for (int run = 0; run < runs; run++)
            {
                long start = Stopwatch.GetTimestamp();
                svi.Step(0);
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        });
        thread.Start();
        thread.Join();
        return fastest;
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
