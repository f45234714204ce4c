namespace Pyrite.Benchmarks;

/// <summary>The rate of fused multiply-adds in Float32 and Float64, on one thread and on all.</summary>
internal sealed class PeakBenchmark : Benchmark
{
    public override string Name => "peak";

    public override string Description => "the machine's FMA rate, Float32 and Float64, one thread and all  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        PeakRate.AddTo(report, options.Timing(4));
        return report;
    }
}
