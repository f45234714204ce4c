using System.Diagnostics;
using System.Text.Json;
using Pyrite.Plotting;

namespace Pyrite.Benchmarks;

/// <summary>The first picture of a process: nothing is compiled ahead, and the native part of the drawing library is loaded.</summary>
internal sealed class PicturesBenchmark : Benchmark
{
    private const int Chains = 4;
    private const int DrawsPerChain = 1_000;

    public override string Name => "pictures";

    public override string Description =>
        "traces of two numbers, 4 x 1,000 draws, as a PNG file: the first in a fresh process, and later ones  [--first: only that] [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        double[] values = new double[Chains * DrawsPerChain * 2];
        RandomKey.FromSeed(1).FillNormal(values);
        Draws draws = new(Chains, DrawsPerChain, [new DrawsVariable("theta", [2], values)]);
        string path = Path.Combine(Path.GetTempPath(), $"pyrite-{Guid.NewGuid():N}.png");
        try
        {
            if (options.Has("first"))
            {
                long start = Stopwatch.GetTimestamp();
                draws.Plots.Trace().SavePng(path);
                return report.Add("first_picture_s", Stopwatch.GetElapsedTime(start).TotalSeconds, "s, from the call to the file");
            }
            PeakRate.AddTo(report, options.Timing(30));
            int runs = options.Short ? 3 : 9;
            double[] first = [.. Enumerable.Range(0, runs).Select(_ => First()).Order()];
            report.Add("first_picture_s", first[runs / 2], $"s, from the call to the file in a fresh process, median of {runs}")
                .Add("first_picture_least_s", first[0], "s, the least of them");
            draws.Plots.Trace().SavePng(path);
            Pair[] later = [.. Enumerable.Range(0, runs).Select(_ => Timing.Single(() => draws.Plots.Trace().SavePng(path)))
                .OrderBy(one => one.Seconds)];
            return report.Add("later_picture_s", later[runs / 2].Seconds, "s, a later one of the same process", later[runs / 2].IsDisturbed);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double First()
    {
        using JsonDocument report = JsonDocument.Parse(BenchmarkProcess.LastLine(["pictures", "--first"]));
        return report.RootElement.GetProperty("metrics").GetProperty("first_picture_s").GetDouble();
    }
}
