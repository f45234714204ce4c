namespace Pyrite.Benchmarks;

/// <summary>Cholesky factors, large and batched, triangular systems, and the gradient of a factor.</summary>
internal sealed class CholeskyBenchmark : Benchmark
{
    private const int Size = 512;
    private const int SmallSize = 8;
    private const int Batch = 1000;

    public override string Name => "cholesky";

    public override string Description =>
        "Cholesky factors of 512 x 512 and 1,000 of 8 x 8, triangular systems, Float64: share of the FMA peak  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(12);
        PeakRate.AddTo(report, timing);
        Tensor matrix = PositiveDefinite(1, [Size, Size]);
        Tensor right = RandomKey.FromSeed(2).Normal([Size, Size], DType.Float64);
        Tensor factor = matrix.Cholesky();
        double cube = (double)Size * Size * Size;
        Add("cholesky_512", cube / 3, matrix.Cholesky);
        Add("triangular_solve_512", cube, () => factor.SolveTriangular(right));
        Add("triangular_solve_512_transposed", cube, () => factor.SolveTriangular(right, transpose: true));

        Tensor small = PositiveDefinite(3, [Batch, SmallSize, SmallSize]);
        Measured gradient = timing.OneThread(Steps.Of(() => Gradient.Of(a => a.Cholesky().Sum(), matrix)), DType.Float64);
        Measured batched = timing.OneThread(Steps.Of(small.Cholesky), DType.Float64);
        return report.AddTime("cholesky_512_with_gradient_ms", gradient, 1e3, "ms, one thread")
            .AddTime("cholesky_batched_us", batched, 1e6, "µs, 1,000 of 8 x 8, one thread");

        void Add(string name, double operations, Func<Tensor> work)
        {
            (Measured One, Measured All) measured = timing.OneAndAllThreads(Steps.Of(work), DType.Float64);
            report.AddShares(name, measured, operations).AddTime($"{name}_ms", measured.One, 1e3, "ms, one thread");
        }
    }

    private static Tensor PositiveDefinite(ulong seed, Shape shape)
    {
        Tensor root = RandomKey.FromSeed(seed).Normal(shape, DType.Float64);
        return root.MatMul(root.Transpose()) + (shape[^1] * Tensor.Identity(shape[^1], DType.Float64));
    }
}
