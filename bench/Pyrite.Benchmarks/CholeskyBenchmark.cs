namespace Pyrite.Benchmarks;

/// <summary>Cholesky factors, large and batched, triangular systems, and the gradient of a factor.</summary>
internal sealed class CholeskyBenchmark : Benchmark
{
    private const int Size = 512;
    private const int SmallSize = 8;
    private const int Batch = 1000;

    public override string Name => "cholesky";

    public override string Description => "Cholesky factors of 512 x 512 and 1,000 of 8 x 8, triangular systems, Float64: share of one core's FMA peak  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        int runs = options.Short ? 3 : 31;
        PeakRate peak = PeakRate.Measure(options.Short ? 0.2 : 1);
        BenchmarkReport report = new(Name);
        peak.AddTo(report);

        Tensor matrix = PositiveDefinite(1, [Size, Size]);
        Tensor right = RandomKey.FromSeed(2).Normal([Size, Size], DType.Float64);
        Tensor factor = matrix.Cholesky();
        double cube = (double)Size * Size * Size;
        AddShare("cholesky_512", cube / 3, () => matrix.Cholesky().Materialize());
        AddShare("triangular_solve_512", cube, () => factor.SolveTriangular(right).Materialize());
        AddShare("triangular_solve_512_transposed", cube, () => factor.SolveTriangular(right, transpose: true).Materialize());

        double gradient = Seconds(() => Gradient.Of(a => a.Cholesky().Sum(), matrix).Materialize());
        Tensor small = PositiveDefinite(3, [Batch, SmallSize, SmallSize]);
        double batched = Seconds(() => small.Cholesky().Materialize());
        return report.Add("cholesky_512_with_gradient_ms", 1e3 * gradient, "ms").Add("cholesky_batched_us", 1e6 * batched, "µs, 1,000 of 8 x 8");

        void AddShare(string name, double operations, Action work)
        {
            double seconds = Seconds(work);
            report.Add($"{name}_share", operations / seconds / 1e9 / peak.Float64OneThread).Add($"{name}_ms", 1e3 * seconds, "ms");
        }

        double Seconds(Action work) => Timing.MedianSeconds(InStep(work), runs);
    }

    private static Tensor PositiveDefinite(ulong seed, Shape shape)
    {
        Tensor root = RandomKey.FromSeed(seed).Normal(shape, DType.Float64);
        return root.MatMul(root.Transpose()) + (shape[^1] * Tensor.Identity(shape[^1], DType.Float64));
    }

    private static Action InStep(Action work) => () =>
    {
        using StepScope scope = StepScope.Begin();
        work();
    };
}
