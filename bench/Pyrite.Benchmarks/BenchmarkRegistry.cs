using Pyrite.Benchmarks.Models;

namespace Pyrite.Benchmarks;

/// <summary>Every benchmark by its name, and the way one or several are run, printed, saved and compared.</summary>
internal static class BenchmarkRegistry
{
    private const int Failure = 1;
    private const int UsageError = 2;
    private const string CommonOptions = $"[--avx2] [--{RunTimeCodeOption.Name}] [--save FILE] [--baseline FILE] [--short]";
    private const string AllOptions = "[--only NAME,NAME] [--results FILE] " + CommonOptions;

    private static readonly Benchmark[] Benchmarks =
    [
        new PeakBenchmark(), new VaeBenchmark(), new VaeMlpBenchmark(), new ScalingBenchmark(), new DistributedBenchmark(), new GemmBenchmark(),
        new ConvBenchmark(), new TilesBenchmark(), new CholeskyBenchmark(), new ElementwiseBenchmark(), new OverheadBenchmark(),
        new DistributionsBenchmark(), new SviBenchmark(), new ParticlesBenchmark(), new NutsBenchmark(), new LoopsBenchmark(),
        new EnumerationBenchmark(), new ProcessesBenchmark(), new RecurrencesBenchmark(), new CsvBenchmark(), new NetCdfBenchmark(),
        new PicturesBenchmark(), new ExplorerBenchmark(), new ColdBenchmark(), new PosteriorsBenchmark(), new TimeSeriesBenchmark(),
        new EquationsBenchmark(), new ApproximationsBenchmark(), new ModelsBenchmark(),
    ];

    /// <summary>What a change is tried with, in five minutes.</summary>
    private static readonly string[] Quick = ["overhead", "svi", "nuts", "loops", "vae"];

    /// <summary>Runs the benchmark named first, or <c>all</c> or <c>quick</c>.</summary>
    /// <returns>The exit code: 0, 1 where a benchmark of several failed, 2 for an unknown name or a bad option.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        try
        {
            string name = arguments.FirstOrDefault("");
            BenchmarkOptions options = new(arguments.Skip(1).ToArray());
            options.Has(RunTimeCodeOption.Name);
            if (options.Has("avx2") && Processor.VectorBits > 256)
            {
                return BenchmarkProcess.Run(arguments.Where(argument => argument != "--avx2"), BenchmarkProcess.Avx2Only);
            }
            SavedRun? baseline = options.Has("baseline") ? SavedRun.Load(options.Text("baseline", "")) : null;
            if (baseline is not null)
            {
                RunComparison.RequireSameMode(baseline, Processor.Mode);
            }
            return name switch
            {
                "all" => All(options, baseline, output),
                "quick" => Several([.. Benchmarks.Where(one => Quick.Contains(one.Name))], options, baseline, output, _ => { }),
                _ when Array.Find(Benchmarks, one => one.Name == name) is { } benchmark => One(benchmark, options, baseline, output),
                _ => List(name, error),
            };
        }
        catch (ArgumentException problem)
        {
            error.WriteLine(problem.Message);
            return UsageError;
        }
    }

    private static int One(Benchmark benchmark, BenchmarkOptions options, SavedRun? baseline, TextWriter output)
    {
        output.WriteLine(Processor.Describe());
        BenchmarkReport report = benchmark.Run(options);
        string save = options.Text("save", "");
        options.RequireAllKnown($"The benchmark {benchmark.Name}", benchmark.Description);
        output.WriteLine();
        output.Write(report.ToTable());
        Finish([report], save, baseline, output);
        output.WriteLine();
        output.WriteLine(report.ToLine());
        return 0;
    }

    /// <summary>All benchmarks, or those of <c>--only</c>; writes their tables into the document of results.</summary>
    private static int All(BenchmarkOptions options, SavedRun? baseline, TextWriter output)
    {
        string[] only = options.Text("only", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (only.FirstOrDefault(name => !Benchmarks.Any(one => one.Name == name)) is { } unknown)
        {
            throw new ArgumentException($"--only: there is no benchmark \"{unknown}\"; there are {Names(Benchmarks.Select(one => one.Name))}.");
        }
        string results = options.Text("results", Path.Combine(Repository.Root, "bench", "RESULTS.md"));
        if (options.Short && !options.Has("results"))
        {
            output.WriteLine($"--short measures too little for {results}, which stays as it is.");
        }
        string[] order = [.. Benchmarks.Select(one => one.Name)];
        return Several([.. Benchmarks.Where(one => only.Length == 0 ? !one.IsGroup : only.Contains(one.Name))], options, baseline, output, report =>
        {
            if (!options.Short || options.Has("results"))
            {
                ResultsFile.Update(results, SavedRun.Of([report]), order);
            }
        });
    }

    private static int Several(Benchmark[] benchmarks, BenchmarkOptions options, SavedRun? baseline, TextWriter output, Action<BenchmarkReport> keep)
    {
        string save = options.Text("save", "");
        options.RequireAllKnown("A run of several benchmarks", $"{AllOptions}; quick takes {CommonOptions}");
        (List<BenchmarkReport> reports, List<string> failed) = BenchmarkSuite.Run(benchmarks, options, output, keep);
        Finish(reports, save, baseline, output);
        output.WriteLine($"\n{reports.Count} benchmarks ran{(failed.Count == 0 ? "" : $"; failed: {Names(failed)}")}.");
        return failed.Count == 0 ? 0 : Failure;
    }

    private static void Finish(IReadOnlyList<BenchmarkReport> reports, string save, SavedRun? baseline, TextWriter output)
    {
        if (save.Length == 0 && baseline is null)
        {
            return;
        }
        SavedRun run = SavedRun.Of(reports);
        if (save.Length > 0)
        {
            run.Save(save);
        }
        if (baseline is not null)
        {
            output.WriteLine();
            output.Write(RunComparison.Table(baseline, run));
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static int List(string name, TextWriter error)
    {
        error.WriteLine(name.Length == 0 ? "Name a benchmark:" : $"There is no benchmark \"{name}\"; there are:");
        foreach (Benchmark one in Benchmarks)
        {
            error.WriteLine($"  {one.Name,-13} {one.Description}");
        }
        error.WriteLine($"  all           every benchmark, each in a process of its own; writes the tables of bench/RESULTS.md  {AllOptions}");
        error.WriteLine($"  quick         five minutes: {Names(Quick)}");
        error.WriteLine(
            $"Each takes {CommonOptions}: without AVX-512, as native code computes, keep the figures, compare with those kept, show that it works.");
        return UsageError;
    }
}
