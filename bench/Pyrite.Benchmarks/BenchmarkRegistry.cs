namespace Pyrite.Benchmarks;

/// <summary>Every benchmark by its name, and the way one is run and printed.</summary>
internal static class BenchmarkRegistry
{
    private const int UsageError = 2;

    private static readonly Benchmark[] All =
    [
        new PeakBenchmark(), new VaeBenchmark(), new VaeMlpBenchmark(), new GemmBenchmark(), new ConvBenchmark(), new CholeskyBenchmark(), new ElementwiseBenchmark(), new OverheadBenchmark(),
        new ScalingBenchmark(), new DistributionsBenchmark(), new SviBenchmark(), new ParticlesBenchmark(), new NutsBenchmark(), new PosteriorsBenchmark(), new ColdBenchmark(),
    ];

    /// <summary>Runs the benchmark named first; prints the machine, the table and one last line of JSON.</summary>
    /// <returns>The exit code: 0, or 2 for an unknown name or a bad option.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        Benchmark? benchmark = arguments.Length > 0 ? All.FirstOrDefault(one => one.Name == arguments[0]) : null;
        if (benchmark is null)
        {
            error.WriteLine(arguments.Length == 0 ? "Name a benchmark:" : $"There is no benchmark \"{arguments[0]}\"; there are:");
            foreach (Benchmark one in All)
            {
                error.WriteLine($"  {one.Name,-13} {one.Description}");
            }

            return UsageError;
        }

        try
        {
            BenchmarkOptions options = new(arguments[1..]);
            output.WriteLine(Machine.Describe());
            BenchmarkReport report = benchmark.Run(options);
            if (options.Unknown.FirstOrDefault() is { } unknown)
            {
                error.WriteLine($"The benchmark {benchmark.Name} has no option --{unknown}: {benchmark.Description}");
                return UsageError;
            }

            output.WriteLine();
            output.Write(report.ToTable());
            output.WriteLine();
            output.WriteLine(report.ToJson());
            return 0;
        }
        catch (ArgumentException problem)
        {
            error.WriteLine(problem.Message);
            return UsageError;
        }
    }
}
