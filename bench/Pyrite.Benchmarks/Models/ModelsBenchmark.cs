namespace Pyrite.Benchmarks.Models;

/// <summary>All that people bring from statsmodels, GPyTorch and Stan, in one table: series, processes, equations, and what lies between SVI and
/// NUTS.</summary>
internal sealed class ModelsBenchmark : Benchmark
{
    private static readonly Benchmark[] Parts =
        [new TimeSeriesBenchmark(), new ProcessesBenchmark(), new EquationsBenchmark(), new ApproximationsBenchmark()];

    public override string Name => "models";

    public override string Description =>
        $"the rows of {string.Join(", ", Parts.Select(part => part.Name))} in one table, within a minute  [--short]";

    public override bool IsGroup => true;

    public override BenchmarkReport Run(BenchmarkOptions options) =>
        Parts.Aggregate(new BenchmarkReport(Name), (report, part) => report.Add(part.Run(options)));
}
