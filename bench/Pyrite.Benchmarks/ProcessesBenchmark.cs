using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>Gradients of Gaussian process models on one thread, beside one Cholesky factorization with its gradient.</summary>
internal sealed class ProcessesBenchmark : Benchmark
{
    private const int Functions = 20;

    public override string Name => "processes";

    public override string Description =>
        "Gaussian processes on one thread: an exact one of 500 and 2,000 rows, one of 20 functions and 100,000 rows: time per gradient  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(5);
        PeakRate.AddTo(report, timing);
        foreach (int rows in options.Short ? new[] { 100 } : [500, 2_000])
        {
            AddExact(report, timing, rows);
        }
        foreach (int rows in options.Short ? new[] { 5_000 } : [50_000, 100_000])
        {
            AddFunctions(report, timing, rows);
        }
        return report;
    }

    private static void AddExact(BenchmarkReport report, Timing timing, int rows)
    {
        Tensor x = Tensor.LinearSpace(0, 10, rows, DType.Float64), y = x.Sin();
        void Model()
        {
            Kernel kernel = Sample("height", new HalfNormal(1)).Square() * new Rbf(Sample("length", new InverseGamma(5, 5)));
            Sample("y", new GaussianProcess(kernel, x, Sample("noise", new HalfNormal(1)).Square()), observed: y);
        }
        Measured model = Gradients(timing, Model);
        Tensor matrix = (new Rbf(1.0).Gram(x) + (0.1 * Tensor.Identity(rows, DType.Float64))).AsVariable();
        Measured factor = timing.OneThread(() => Gradient.Of(matrix.Cholesky().Diagonal().Log().Sum(), [matrix])[0].Materialize(), DType.Float64);
        report.AddTime($"exact_{rows}_us_per_gradient", model, 1e6, $"µs, an exact process of {rows} rows")
            .AddTime($"cholesky_{rows}_us", factor, 1e6, $"µs, one Cholesky factor of {rows} rows with its gradient")
            .AddRatio($"exact_{rows}_ratio", model, factor, 1, "times one Cholesky factor with its gradient");
    }

    private static void AddFunctions(BenchmarkReport report, Timing timing, int rows)
    {
        Tensor x = Tensor.LinearSpace(0, 10, rows, DType.Float64), y = x.Sin();
        HilbertBasis basis = new([Functions], HilbertBox.Around(x));
        Tensor functions = basis.At(x);
        void Model()
        {
            Kernel kernel = Sample("height", new HalfNormal(1)).Square() * new Rbf(Sample("length", new InverseGamma(5, 5)));
            HilbertGaussianProcess process = new(kernel, basis);
            Tensor f = functions.MatMul(process.Weights("weights").Unsqueeze(-1)).Squeeze(-1);
            Tensor noise = Sample("noise", new HalfNormal(1));
            using (Plate("rows", rows))
            {
                Sample("y", new Normal(f, noise), observed: y);
            }
        }
        report.AddTime($"functions_{rows}_us_per_gradient", Gradients(timing, Model), 1e6, $"µs, {Functions} functions, {rows} rows");
    }

    private static Measured Gradients(Timing timing, Action model)
    {
        Potential potential = Potential.Of(model);
        double[] point = new double[potential.Dimension], gradient = new double[potential.Dimension];
        return timing.OneThread(() => potential.LogDensity(point, gradient), DType.Float64);
    }
}
