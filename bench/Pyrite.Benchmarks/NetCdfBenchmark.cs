namespace Pyrite.Benchmarks;

/// <summary>Writing and reading a posterior as a netCDF-4 file.</summary>
internal sealed class NetCdfBenchmark : Benchmark
{
    private const int Chains = 4;
    private const int DrawsPerChain = 1_000;
    private const int Numbers = 1_000;
    private const int Repeats = 5;
    private const double Mega = 1e6;

    public override string Name => "netcdf";

    public override string Description => "SaveNetCdf of 4 x 1,000 draws of 1,000 numbers, and reading the file: time and memory";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        string path = Path.Combine(Path.GetTempPath(), $"pyrite-{Guid.NewGuid():N}.nc");
        double[] values = new double[Chains * DrawsPerChain * Numbers];
        RandomKey.FromSeed(1).FillNormal(values);
        Draws draws = new(Chains, DrawsPerChain, [new DrawsVariable("theta", [Numbers], values, ["rows"])]);
        try
        {
            Take(report, "netcdf_write", () => draws.SaveNetCdf(path), "written");
            Take(report, "netcdf_read", () => InferenceData.Load(path), "read");
            return report.Add("netcdf_file_mb", new FileInfo(path).Length / Mega, "MB in the file; 32 are the numbers");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Take(BenchmarkReport report, string name, Action work, string what)
    {
        work();
        Pair[] taken = [.. Enumerable.Range(0, Repeats).Select(_ => Timing.Single(work)).OrderBy(one => one.Seconds)];
        report.Add($"{name}_s", taken[Repeats / 2].Seconds, $"s, 4 x 1,000 draws of 1,000 numbers {what}", taken[Repeats / 2].IsDisturbed);
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        report.Add($"{name}_allocated_mb", (GC.GetAllocatedBytesForCurrentThread() - before) / Mega, $"MB allocated while they are {what}");
    }
}
