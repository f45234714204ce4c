namespace Pyrite.Benchmarks;

/// <summary>From the start of a process to a posterior: nothing is compiled ahead, so this is the JIT compiler's time more than the sampler's.</summary>
internal sealed class ColdBenchmark : Benchmark
{
    private static readonly string[] Bare = ["--no-plots", "--no-csv"];

    public override string Name => "cold";

    public override string Description => "process start to printed summary of eight schools, 4 x (1,000 + 1,000)  [--runs N] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        int runs = options.Integer("runs", options.Short ? 3 : 21);
        BenchmarkReport report = new(Name);
        PeakRate.Measure().AddTo(report);
        ColdStart[] two = ColdStart.Measure(runs, Bare), one = ColdStart.Measure(runs, [.. Bare, "--threads", "1"]);
        report.Add("cold_summary_seconds", Median(two, start => start.Summary), "s").Add("cold_summary_least_seconds", two.Min(start => start.Summary), "s")
            .Add("cold_exit_seconds", Median(two, start => start.Exit), "s").Add("cold_summary_one_thread_seconds", Median(one, start => start.Summary), "s");
        string folder = Directory.CreateTempSubdirectory("pyrite-cold-").FullName;
        try
        {
            ColdStart[] full = ColdStart.Measure(Math.Min(runs, 5), "--output", folder);
            report.Add("cold_with_plots_exit_seconds", Median(full, start => start.Exit), "s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return report;
    }

    /// <summary>The middle start to a printed summary, without plots.</summary>
    internal static double SummarySeconds(int runs) => Median(ColdStart.Measure(runs, Bare), start => start.Summary);

    private static double Median(ColdStart[] starts, Func<ColdStart, double> time) => Timing.Median(Array.ConvertAll(starts, start => time(start)));
}
