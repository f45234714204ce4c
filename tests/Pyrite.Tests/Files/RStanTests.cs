using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pyrite.Tests;

/// <summary>rstan reads what both writers write, and finds the same numbers.</summary>
public sealed class RStanTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-rstan-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [RStanFact]
    [Trait("Category", "Long")]
    public void Rstan_reads_the_files_of_both_writers_with_every_metric()
    {
        StringBuilder expected = new("file quantity chain draw value\n");
        foreach ((string name,
            Sampler sampler) in new Dictionary<string, Sampler>
            {
                ["diagonal"] = new Nuts(0.9),
                ["dense"] = new Nuts(structure: MetricStructure.Dense),
                ["unit"] = new Nuts(adaptMetric: false),
                ["static"] = new Hmc()
            })
        {
            string streamed = name + "Streamed", saved = name + "Saved";
            McmcResult run =
                Mcmc.Run(EarlierFiles.Groups, sampler, chains: 2, warmup: 50, draws: 20, seed: 6, thinning: 2,
                    files: new ChainFiles(Path.Combine(folder, streamed)));
            run.SaveCsv(Path.Combine(folder, saved), name);
            Note(expected, streamed, run.Draws);
            Note(expected, saved, run.Draws);
        }
        Draws plain = new(2, 3, [new DrawsVariable("theta", [2], [.. Enumerable.Range(1, 12).Select(i => i / 7.0)])]);
        CmdStanCsv.Save(Path.Combine(folder, "plain"), plain);
        Note(expected, "plain", plain);
        File.WriteAllText(Path.Combine(folder, "expected.txt"), expected.ToString());
        using Process process =
            Process.Start(new ProcessStartInfo("Rscript", [Script(), folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        Assert.Equal($"{expected.ToString().Count(one => one == '\n') - 1} numbers compared\n", output);
    }

    private static void Note(StringBuilder expected, string file, Draws draws)
    {
        foreach (string name in draws.Variables.SelectMany(variable => variable.ScalarNames))
        {
            double[] values = draws.Scalar(name);
            // rstan counts from 1.
            string quantity =
                name.EndsWith(']') && name.IndexOf('[') is int at
                    ? string.Create(CultureInfo.InvariantCulture, $"{name[..at]}[{int.Parse(name[(at + 1)..^1], CultureInfo.InvariantCulture) + 1}]")
                    : name;
            for (int i = 0; i < values.Length; i++)
            {
                expected.Append(CultureInfo.InvariantCulture,
                    $"{file} {quantity} {(i / draws.DrawsPerChain) + 1} {(i % draws.DrawsPerChain) + 1} {values[i]:R}\n");
            }
        }
    }

    private static string Script()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Pyrite.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }
        return Path.Combine(at!, "tests", "Pyrite.Tests", "Files", "read_stan_csv.R");
    }
}
