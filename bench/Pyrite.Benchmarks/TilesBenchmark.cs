using System.Text.Json;

namespace Pyrite.Benchmarks;

/// <summary>Products and convolutions without run-time code, held against the same with it: shares of the peak on one thread, one over the
/// other.</summary>
internal sealed class TilesBenchmark : Benchmark
{
    private const string Ending = "_one_thread_share";

    public override string Name => "tiles";

    public override string Description =>
        "gemm and conv without run-time code over the same with it, one thread, in turns  [--rounds N] [--native FILE] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        int rounds = options.Integer("rounds", options.Short ? 1 : 3);
        string native = options.Text("native", "");
        BenchmarkReport report = new(Name);
        PeakRate.AddTo(report, options.Timing(30));
        Dictionary<string, List<double>> with = [], without = [];
        for (int round = 0; round < rounds; round++)
        {
            foreach (string benchmark in (string[])["gemm", "conv"])
            {
                string[] arguments = [benchmark, .. options.Short ? (string[])["--short"] : []];
                Add(with, BenchmarkProcess.LastLine(arguments));
                Add(without, native.Length > 0
                    ? BenchmarkProcess.LastLine(arguments, native)
                    : BenchmarkProcess.LastLine([.. arguments, $"--{RunTimeCodeOption.Name}"]));
            }
        }
        List<double> ratios = [];
        foreach ((string figure, List<double> shares) in without)
        {
            double share = Quartiles.Of(shares).Median, emitted = Quartiles.Of(with[figure]).Median;
            ratios.Add(share / emitted);
            report.Add($"{figure}_ratio", share / emitted, $"{share:F3} of the peak over {emitted:F3}");
        }
        return report.Add("least_ratio", ratios.Min()).Add("median_ratio", Quartiles.Of(ratios).Median);
    }

    private static void Add(Dictionary<string, List<double>> shares, string line)
    {
        using JsonDocument report = JsonDocument.Parse(line);
        foreach (JsonProperty figure in report.RootElement.GetProperty("metrics").EnumerateObject())
        {
            if (figure.Name.EndsWith(Ending, StringComparison.Ordinal) && figure.Value.ValueKind == JsonValueKind.Number)
            {
                string name = figure.Name[..^Ending.Length];
                (shares.TryGetValue(name, out List<double>? known) ? known : shares[name] = []).Add(figure.Value.GetDouble());
            }
        }
    }
}
