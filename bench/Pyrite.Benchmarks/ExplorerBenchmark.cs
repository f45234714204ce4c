using System.Diagnostics;
using System.Globalization;

namespace Pyrite.Benchmarks;

/// <summary>The explorer's server: digits of a latent plane over loopback, one after the other and by several readers.</summary>
internal sealed class ExplorerBenchmark : Benchmark
{
    private const int Readers = 4;
    private const double Mega = 1e6;

    public override string Name => "explorer";

    public override string Description =>
        "digits under the pointer from pyrite explore's server: time of one, requests per second, memory before and after  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        PeakRate.AddTo(report, options.Timing(30));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pyrite-explorer-");
        try
        {
            string run = folder.CreateSubdirectory("vae").FullName;
            File.WriteAllText(Path.Combine(run, "weights.safetensors"), "stands for weights; those here are drawn");
            Cli.Vae vae = new();
            vae.Eval();
            Mnist mnist = Mnist.Load();
            ExplorerOptions explorer = new()
            {
                Plane = _ => new LatentPlane(vae.Decoder.Forward, images => vae.Encoder.Forward(images).Loc, mnist.Train, mnist.Test),
            };
            Measure(report, [folder.FullName], explorer, options.Short ? 400 : 4_000).GetAwaiter().GetResult();
            return report;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Measure(BenchmarkReport report, string[] folders, ExplorerOptions options, int requests)
    {
        await using RunExplorer explorer = RunExplorer.Start(folders, options);
        using HttpClient client = new() { BaseAddress = explorer.Address };
        for (int i = 0; i < 200; i++)
        {
            await Digit(client, i);
        }
        double[] each = new double[requests / 4];
        for (int i = 0; i < each.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await Digit(client, i);
            each[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(each);
        report.Add("digit_ms", 1e3 * each[each.Length / 2], "ms, a digit over loopback, median, one reader")
            .Add("digit_slow_ms", 1e3 * each[(int)(0.95 * each.Length)], "ms, 95 % are faster");
        (double first, long before) = await Rate(client, requests);
        (double second, long after) = await Rate(client, requests);
        report.Add("digits_per_second", Math.Min(first, second), $"requests per second, {Readers} readers, the slower of two rounds of {requests}")
            .Add("kept_growth_mb", (after - before) / Mega, "MB that the second round leaves behind")
            .Add("resident_mb", Environment.WorkingSet / Mega, "MB of the process, all digits of MNIST in it");
    }

    private static async Task<(double PerSecond, long Kept)> Rate(HttpClient client, int requests)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async reader =>
        {
            for (int i = 0; i < requests / Readers; i++)
            {
                await Digit(client, (1_000 * reader) + i);
            }
        }));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (requests / seconds, GC.GetTotalMemory(forceFullCollection: true));
    }

    private static async Task Digit(HttpClient client, int place)
    {
        double x = (place % 61 * 0.1) - 3, y = (place % 59 * 0.1) - 3;
        byte[] pixels = await client.GetByteArrayAsync(string.Create(CultureInfo.InvariantCulture, $"api/runs/vae/decode?x={x}&y={y}"));
        if (pixels.Length != 28 * 28)
        {
            throw new InvalidDataException($"A digit has 784 bytes; the server gave {pixels.Length}.");
        }
    }
}
