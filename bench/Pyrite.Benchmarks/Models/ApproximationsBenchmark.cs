using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Benchmarks.Models;

/// <summary>Whole runs of what lies between SVI and NUTS, on one thread: a logistic regression of 200 rows and 5 columns, and two modes.</summary>
internal sealed class ApproximationsBenchmark : Benchmark
{
    private const int Rows = 200, Columns = 5;

    public override string Name => "approximations";

    public override string Description =>
        "Laplace, Pathfinder and sequential Monte Carlo on one thread: time of a run, the density made before  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(4);
        PeakRate.AddTo(report, timing);
        Tensor x = RandomKey.FromSeed(1).Child("x").Normal([Rows, Columns], DType.Float64);
        Tensor y = (x.Sum(1) + RandomKey.FromSeed(1).Child("noise").Normal([Rows], DType.Float64) > 0.0).To(DType.Float64);
        void Logistic()
        {
            Tensor weights = Sample("weights", new Normal(Tensor.Zeros([Columns], DType.Float64), 1).ToEvent(1));
            using (Plate("rows", Rows))
            {
                Sample("y", new Bernoulli(logits: x.MatMul(weights)), observed: y);
            }
        }

        Potential potential = Potential.Of(Logistic);
        double[] point = new double[Columns], gradient = new double[Columns];
        int particles = options.Short ? 50 : 1_000;
        Measured one = timing.OneThread(() => potential.LogDensity(point, gradient), DType.Float64);
        ulong seed = 0;
        Measured laplace = timing.OneThread(() => Laplace.Run(potential, seed: ++seed), DType.Float64);
        Measured path = timing.OneThread(() => Pathfinder.Run(potential, draws: particles, seed: ++seed), DType.Float64);
        PathfinderResult found = Pathfinder.Run(potential, draws: particles, seed: 1);
        Measured smc = timing.OneThread(() => Smc.Run(TwoModes, new Smc { Particles = particles }, seed: ++seed), DType.Float64);
        return report.AddTime("logistic_us_per_gradient", one, 1e6, $"µs, {Rows} rows, {Columns} columns")
            .AddTime("laplace_ms", laplace, 1e3, "ms, from 4 starts")
            .AddTime("pathfinder_ms", path, 1e3, $"ms, 4 paths, {particles} draws of each")
            .Add("pathfinder_gradients", found.Paths.Sum(one => one.Gradients), "of one run")
            .Add("pathfinder_densities", found.Paths.Sum(one => one.Evaluations), "of one run, gradients included")
            .AddTime("smc_ms", smc, 1e3, $"ms, {particles} particles of 2 numbers with two modes, four populations, the densities made each time");
    }

    private static void TwoModes()
    {
        Tensor z = Sample("z", new Normal(Tensor.Zeros([2], DType.Float64), 3).ToEvent(1));
        Factor("modes", new Normal(3, 0.5).LogProb(z).Sum().LogAddExp(new Normal(-3, 0.5).LogProb(z).Sum()));
    }
}
