namespace Pyrite.Benchmarks;

/// <summary>Matrix products as a user writes them, square and as the VAE's fully connected layers need them.</summary>
internal sealed class GemmBenchmark : Benchmark
{
    private static readonly int[] Sizes = [64, 128, 256, 512, 1024, 2048];

    /// <summary>Rows, inner size and columns: both layers between images and hidden units, and the gradient of the larger one's weights.</summary>
    private static readonly (int M, int K, int N)[] Skinny = [(128, 6272, 32), (128, 2, 6272), (32, 128, 6272), (128, 32, 6272)];

    public override string Name => "gemm";

    public override string Description => "matrix products, square 64 to 2048 and skinny, Float32 and Float64: share of the FMA peak  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        (int M, int K, int N)[] shapes = [.. Sizes.Where(size => !options.Short || size <= 256).Select(size => (size, size, size)), .. Skinny];
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(4 + (4 * shapes.Length));
        PeakRate.AddTo(report, timing);
        foreach ((int m, int k, int n) in shapes)
        {
            foreach ((string name, DType type) in (ReadOnlySpan<(string, DType)>)[("f32", DType.Float32), ("f64", DType.Float64)])
            {
                Tensor a = Tensor.Full([m, k], 0.5, type), b = Tensor.Full([k, n], 0.25, type);
                string size = m == k && k == n ? $"{m}" : $"{m}x{k}x{n}";
                report.AddShares($"{name}_{size}", timing.OneAndAllThreads(Steps.Of(() => a.MatMul(b)), type), 2.0 * m * k * n);
            }
        }
        return report;
    }
}
