namespace Pyrite.Benchmarks.Harness;

/// <summary>Several benchmarks, each in a process of its own, so that none inherits memory or compiled code from the one before.</summary>
internal static class BenchmarkSuite
{
    /// <summary>Runs them one after the other; what one has measured is kept whatever becomes of the next.</summary>
    /// <param name="benchmarks">What to run.</param>
    /// <param name="options">Handed on: <c>--short</c>.</param>
    /// <param name="output">Takes what is said between the benchmarks.</param>
    /// <param name="keep">Called with each report as soon as it is there.</param>
    /// <returns>The reports, and the benchmarks that failed.</returns>
    public static (List<BenchmarkReport> Reports, List<string> Failed) Run(
        IEnumerable<Benchmark> benchmarks, BenchmarkOptions options, TextWriter output, Action<BenchmarkReport> keep)
    {
        List<BenchmarkReport> reports = [];
        List<string> failed = [];
        foreach (Benchmark benchmark in benchmarks)
        {
            output.WriteLine($"\n== {benchmark.Name}");
            output.Flush();
            if (benchmark.ReasonToSkip is { } reason)
            {
                output.WriteLine($"Left out: {reason}");
                continue;
            }
            string file = Path.GetTempFileName();
            try
            {
                string[] handedOn = [.. RunTimeCodeOption.Arguments, .. options.Short ? (string[])["--short"] : []];
                int code = BenchmarkProcess.Run([benchmark.Name, "--save", file, .. handedOn]);
                if (code == 0)
                {
                    BenchmarkReport report = SavedRun.Load(file).Reports.Single();
                    reports.Add(report);
                    keep(report);
                }
                else
                {
                    failed.Add(benchmark.Name);
                    output.WriteLine($"{benchmark.Name} ended with exit code {code}.");
                    if (code == BenchmarkProcess.Interrupted)
                    {
                        break;
                    }
                }
            }
            finally
            {
                File.Delete(file);
            }
        }
        return (reports, failed);
    }
}
