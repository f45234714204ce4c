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
        BenchmarkReport report = new(Name);
        PeakRate peak = PeakRate.Measure(options.Short ? 0.2 : 1);
        peak.AddTo(report);
        foreach (int size in Sizes.Where(s => !options.Short || s <= 256))
        {
            Add(report, $"{size}", size, size, size, peak, options.Short);
        }

        foreach ((int m, int k, int n) in Skinny)
        {
            Add(report, $"{m}x{k}x{n}", m, k, n, peak, options.Short);
        }

        return report;
    }

    private static void Add(BenchmarkReport report, string label, int m, int k, int n, PeakRate peak, bool isShort)
    {
        report.Add($"f32_{label}_share", Rate(m, k, n, DType.Float32, isShort) / peak.Float32AllThreads);
        report.Add($"f64_{label}_share", Rate(m, k, n, DType.Float64, isShort) / peak.Float64AllThreads);
    }

    private static double Rate(int m, int k, int n, DType type, bool isShort)
    {
        Tensor a = Tensor.Full([m, k], 0.5, type);
        Tensor b = Tensor.Full([k, n], 0.25, type);
        double operations = 2.0 * m * k * n;
        int calls = (int)Math.Clamp((isShort ? 1e7 : 4e8) / operations, 1, 10_000);
        double seconds = Timing.MedianSeconds(Multiply, calls: calls);
        return operations / seconds / 1e9;

        void Multiply()
        {
            using StepScope scope = StepScope.Begin();
            a.MatMul(b).Materialize();
        }
    }
}
