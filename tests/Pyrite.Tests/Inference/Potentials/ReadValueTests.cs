using System.Runtime.CompilerServices;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Models that read a value depending on a latent site, as a change point through Item() does.</summary>
public sealed class ReadValueTests
{
    private static readonly double[] Counts = [4, 5, 4, 6, 5, 1, 0, 2, 1, 1];

    private static int line;

    public static TheoryData<string> Readers => ["Item", "ToArray", "an index", "text", "comparison"];

    [Theory]
    [MemberData(nameof(Readers))]
    public void The_run_says_once_which_line_reads(string reader)
    {
        Reports progress = new();
        McmcResult result = Mcmc.Run(() => ChangePoint(reader), chains: 2, warmup: 20, draws: 20, seed: 1, progress: progress);
        string note = Assert.Single(progress.Notes);
        Assert.Contains("run anew for every gradient", note);
        Assert.Contains($"{nameof(ReadValueTests)}.cs, line {line}", note);
        Assert.Contains("Tensor.Where", note);
        Assert.Equal([note], result.Notes);
        Assert.Equal(note, result.Summary().Advice[^1]);
        Assert.Contains("run anew for every gradient", result.Summary().ToString().ReplaceLineEndings(" "));
        Assert.Contains($"line {line}", Potential.Of(() => ChangePoint(reader)).ReadingLine);
    }

    [Fact]
    public void A_model_that_reads_only_its_data_says_nothing()
    {
        Reports progress = new();
        McmcResult result = Mcmc.Run(() => ChangePoint("none"), chains: 1, warmup: 10, draws: 10, seed: 1, progress: progress);
        Assert.Empty(progress.Notes);
        Assert.Empty(result.Notes);
        Assert.Null(Potential.Of(() => ChangePoint("none")).ReadingLine);
    }

    [Fact]
    public void Files_and_states_of_a_run_keep_what_it_said()
    {
        string folder = Directory.CreateTempSubdirectory("pyrite-notes-").FullName;
        try
        {
            ChainFiles files = new(Path.Combine(folder, "run"));
            McmcResult result = Mcmc.Run(() => ChangePoint("Item"), chains: 2, warmup: 20, draws: 10, seed: 1, files: files);
            string note = Assert.Single(result.Notes);
            Assert.Equal([note], McmcResult.Load(files.Path).Notes);
            Assert.Contains(note, McmcResult.Load(files.Path).Summary().Advice);
            Assert.Equal([note], Mcmc.Resume(() => ChangePoint("Item"), files, draws: 15).Notes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void ChangePoint(string reader)
    {
        Tensor data = Tensor.From(Counts);
        Tensor tau = Sample("tau", new Uniform(0, Counts.Length)), early = Sample("early", new Exponential(0.3)),
            late = Sample("late", new Exponential(0.3));
        double at = reader switch
        {
            "Item" => Here() + tau.Item(),
            "ToArray" => Here() + tau.ToArray<double>()[0],
            "an index" => Here() + Tensor.From(Counts)[(int)tau.Item()].Item(),
            "text" => Here() + tau.ToString().Length,
            "comparison" => Here() + ((tau > 5).All() ? 6 : 4),
            _ => data.Max().Item(),
        };
        using PlateScope years = Plate("years", Counts.Length);
        Sample("y", new Poisson(Tensor.Where(Tensor.Range(Counts.Length) < at, early, late)), observed: data);
    }

    /// <summary>Notes the line of its caller.</summary>
    private static double Here([CallerLineNumber] int number = 0)
    {
        line = number;
        return 0;
    }

    private sealed class Reports : IProgress<McmcProgress>
    {
        public List<string> Notes { get; } = [];

        public void Report(McmcProgress value)
        {
            lock (Notes)
            {
                if (value.Note is not null)
                {
                    Notes.Add(value.Note);
                }
            }
        }
    }
}
