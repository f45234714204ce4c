using Pyrite.Kernels.Threads;

namespace Pyrite.Benchmarks;

/// <summary>NUTS on one thread: microseconds per gradient, all of the sampler included.</summary>
internal sealed class NutsBenchmark : Benchmark
{
    public override string Name => "nuts";

    public override string Description => "NUTS on one thread: time per gradient of four models, bytes per draw  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(13);
        PeakRate.AddTo(report, timing);
        Add("eight_schools", NutsModels.EightSchools(), 0.95);
        Add("hierarchical", NutsModels.Hierarchical());
        Add("logistic", NutsModels.Logistic());
        AddAlgebra(report, timing, Add("gaussian_process", NutsModels.GaussianProcess()));
        return report;

        Measured Add(string name, Action model, double targetAcceptance = 0.8)
        {
            (Measured gradient, double bytes) = Draws(timing, model, targetAcceptance);
            Potential potential = Potential.Of(model);
            double[] point = new double[potential.Dimension], slope = new double[potential.Dimension];
            Measured density = timing.OneThread(() => potential.LogDensity(point, slope), DType.Float64);
            report.AddTime($"{name}_us_per_gradient", gradient, 1e6, "µs, all of NUTS included")
                .AddTime($"{name}_density_us", density, 1e6, "µs, density and gradient alone")
                .Add($"{name}_bytes_per_draw", bytes, "bytes");
            return gradient;
        }
    }

    /// <summary>What the linear algebra of a Gaussian process costs at the speed of a matrix product of that size: a Cholesky factor, two triangular
    /// systems and an inverse.</summary>
    /// <remarks>n³/3, n² each and 2 n³ operations. Of a symmetric matrix whose factor is known an inverse takes 2/3 n³; the second ratio counts
    /// that.</remarks>
    private static void AddAlgebra(BenchmarkReport report, Timing timing, Measured gradient)
    {
        const double Size = NutsModels.Points, Cube = Size * Size * Size, Factor = Cube / 3, Systems = 2 * Size * Size;
        const double Full = (Factor + Systems + (2 * Cube)) / (2 * Cube), Symmetric = (Factor + Systems + (2 * Cube / 3)) / (2 * Cube);
        Tensor a = RandomKey.FromSeed(4).Normal([NutsModels.Points, NutsModels.Points], DType.Float64);
        Tensor b = RandomKey.FromSeed(5).Normal(a.Shape, DType.Float64);
        Measured product = timing.OneThread(Steps.Of(() => a.MatMul(b)), DType.Float64);
        report.AddRate("gemm_200_gflops", product, 2 * Cube / 1e9, "GFLOP/s")
            .AddTime("gaussian_process_algebra_us", product, 1e6 * Full, "µs, at that speed")
            .AddRatio("gaussian_process_ratio", gradient, product, 1 / Full, "the gradient over its algebra")
            .AddRatio("gaussian_process_symmetric_ratio", gradient, product, 1 / Symmetric);
    }

    private static (Measured Gradient, double Bytes) Draws(Timing timing, Action model, double targetAcceptance)
    {
        const int Warmup = 1000, Calls = 20;
        Potential potential = Potential.Of(model);
        Nuts sampler = new(targetAcceptance);
        ChainState state = sampler.Start(potential, new double[potential.Dimension], Warmup, RandomKey.FromSeed(1));
        Steps.Repeat(Warmup, () => Draw());
        Measured gradient = timing.UnitsOnOneThread(Draw, DType.Float64);
        Action draw = () => Draw();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Steps.Repeat(Calls, draw);
        return (gradient, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls);

        double Draw()
        {
            state = sampler.Step(potential, state);
            return state.Last.LeapfrogSteps;
        }
    }
}
