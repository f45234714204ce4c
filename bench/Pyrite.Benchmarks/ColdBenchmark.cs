using System.Text.Json;

namespace Pyrite.Benchmarks;

/// <summary>From the start of a process to a posterior: nothing is compiled ahead, so this is the JIT compiler's time more than the
/// sampler's.</summary>
internal sealed class ColdBenchmark : Benchmark
{
    private static readonly string[] Bare = ["--no-plots", "--no-csv"];

    public override string Name => "cold";

    public override string Description =>
        "process start to printed summary of eight schools, 4 x (1,000 + 1,000); SVI's first 1,000 steps  [--runs N] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        int runs = options.Integer("runs", options.Short ? 2 : 9), fewer = (runs + 1) / 2;
        BenchmarkReport report = new(Name);
        PeakRate.AddTo(report, options.Timing(30));
        ColdStart.Of(Bare);
        report.AddTime("cold_summary_seconds", Starts(runs, start => start.Summary, Bare), 1, "s, all threads")
            .AddTime("cold_summary_one_thread_seconds", Starts(fewer, start => start.Summary, [.. Bare, "--threads", "1"]), 1, "s")
            .AddTime("cold_exit_seconds", Starts(fewer, start => start.Exit, Bare), 1, "s, to the end of the process");
        string folder = Directory.CreateTempSubdirectory("pyrite-cold-").FullName;
        try
        {
            report.AddTime("cold_with_plots_exit_seconds", Starts(fewer, start => start.Exit, "--output", folder), 1, "s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return report.AddTime("svi_first_1000_ms", Processes(runs, FirstSteps), 1e3, "ms, the first 1,000 steps of a regression in a fresh process");
    }

    private static Measured Starts(int runs, Func<ColdStart, double> time, params string[] options) =>
        Processes(runs, () => time(ColdStart.Of(options)));

    /// <summary>Several processes, each with peaks beside it; at least half of them must have had the machine for themselves.</summary>
    /// <param name="runs">How many.</param>
    /// <param name="seconds">Runs one and says what it took.</param>
    private static Measured Processes(int runs, Func<double> seconds)
    {
        Pair[] pairs = new Pair[runs];
        for (int run = 0; run < runs; run++)
        {
            double taken = 0;
            Pair whole = Timing.Single(() => taken = seconds());
            pairs[run] = whole with { Seconds = taken };
        }
        return Measured.Of(pairs, enough: (runs + 1) / 2);
    }

    private static double FirstSteps()
    {
        using JsonDocument report = JsonDocument.Parse(BenchmarkProcess.LastLine(["svi", "--first-steps"]));
        return report.RootElement.GetProperty("metrics").GetProperty("regression_first_1000_ms").GetDouble() / 1e3;
    }
}
