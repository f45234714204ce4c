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
        int runs = options.Integer("runs", options.Short ? 2 : 5), fewer = (runs + 1) / 2;
        BenchmarkReport report = new(Name);
        PeakRate.AddTo(report, options.Timing(30));
        ColdStart.Of(Bare);
        (Measured summary, Measured exit) = Starts(runs, Bare);
        report.AddTime("cold_summary_seconds", summary, 1, "s, all threads").AddTime("cold_exit_seconds", exit, 1, "s, to the end of the process")
            .AddTime("cold_summary_one_thread_seconds", Starts(fewer, [.. Bare, "--threads", "1"]).Summary, 1, "s");
        string folder = Directory.CreateTempSubdirectory("pyrite-cold-").FullName;
        try
        {
            report.AddTime("cold_with_plots_exit_seconds", Starts(fewer, "--output", folder).Exit, 1, "s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Measured first = Of(Processes(runs, FirstSteps), seconds => seconds);
        return report.AddTime("svi_first_1000_ms", first, 1e3, "ms, the first 1,000 steps of a regression in a fresh process");
    }

    private static (Measured Summary, Measured Exit) Starts(int runs, params string[] options)
    {
        (ColdStart Start, Pair Whole)[] starts = Processes(runs, () => ColdStart.Of(options));
        return (Of(starts, start => start.Summary), Of(starts, start => start.Exit));
    }

    /// <summary>Several processes with what each gives, and peaks beside it.</summary>
    private static (T Given, Pair Whole)[] Processes<T>(int runs, Func<T> process)
    {
        (T Given, Pair Whole)[] all = new (T, Pair)[runs];
        for (int run = 0; run < runs; run++)
        {
            T given = default!;
            Pair whole = Timing.Single(() => given = process());
            all[run] = (given, whole);
        }
        return all;
    }

    /// <summary>A time that each process gives; at least half of them must have had the machine for themselves.</summary>
    private static Measured Of<T>((T Given, Pair Whole)[] processes, Func<T, double> seconds) =>
        Measured.Of([.. processes.Select(one => one.Whole with { Seconds = seconds(one.Given) })], enough: (processes.Length + 1) / 2);

    private static double FirstSteps()
    {
        using JsonDocument report = JsonDocument.Parse(BenchmarkProcess.LastLine(["svi", "--first-steps"]));
        return report.RootElement.GetProperty("metrics").GetProperty("regression_first_1000_ms").GetDouble() / 1e3;
    }
}
