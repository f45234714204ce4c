using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Files of draws tell which entries of the data were missing, and other programs still read them.</summary>
public sealed class PartlyObservedFilesTests : IDisposable
{
    private static readonly string[] Names = ["m", "y_unobserved[0,2]", "y_unobserved[1,0]", "y_unobserved[1,3]", "z_unobserved[4]"];

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-partly-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, InlineData(false), InlineData(true)]
    public void Names_of_missing_entries_travel(bool isStreamed)
    {
        string path = Path.Combine(folder, "run");
        McmcResult run = Mcmc.Run(Model, new Nuts(), chains: 2, warmup: 50, draws: 20, seed: 2, files: isStreamed ? new ChainFiles(path) : null);
        IReadOnlyList<string> files = isStreamed ? [path + "_1.csv", path + "_2.csv"] : run.SaveCsv(path);
        foreach (string file in files)
        {
            Assert.Contains("# y_unobserved.entries = 0,2 1,0 1,3 of 2,4", File.ReadAllLines(file));
            StanFileLines lines = new(file);
            StanReaderRules.CmdStanPy(lines);
            StanReaderRules.CmdStanPyRewritten(lines);
            StanReaderRules.CmdStanR(lines);
            StanReaderRules.RStan(lines);
        }

        Draws read = CmdStanCsv.Load(path).Draws;
        Assert.Equal(Names, run.Draws.Variables.SelectMany(variable => variable.ScalarNames).Take(5));
        Assert.Equal(Names, read.Variables.SelectMany(variable => variable.ScalarNames).Take(5));
        Assert.Equal(run.Draws.Scalar("y_unobserved[1,0]"), read.Scalar("y_unobserved[1,0]"));

        using Precision.Scope precision = Precision.Use(DType.Float64);

        // What is drawn from the file stands where it stood: the same forecast as from the run.
        Assert.Equal(Predictive.Draw(Model, run).Scalar("whole[1,3]"),
            Predictive.Draw(Empty(Model), 0, read)["whole"].ToArray<double>().Where((_, i) => i % 8 == 7));
    }

    [Theory]
    [InlineData("# y_unobserved.entries = 0,2 1,0 of 2,4")]           // two places for three entries
    [InlineData("# y_unobserved.entries = 0,2 1,0 1,4 of 2,4")]       // no such entry
    [InlineData("# y_unobserved.entries = a b c of 2,4")]
    [InlineData("# y_unobserved.entries = 0,2 1,0 1,3")]
    public void A_comment_that_does_not_suit_is_a_comment(string comment)
    {
        string file = Path.Combine(folder, "foreign.csv");
        File.WriteAllText(file, comment + "\nlp__,y_unobserved.1,y_unobserved.2,y_unobserved.3\n1,2,3,4\n5,6,7,8\n");
        Assert.Equal(["y_unobserved[0]", "y_unobserved[1]", "y_unobserved[2]"],
            CmdStanCsv.Load((string[])[file]).Draws.Variables.SelectMany(variable => variable.ScalarNames));
    }

    private static Action<int> Empty(Action model) => _ => model();

    private static void Model()
    {
        Tensor m = Sample("m", new Normal(0, 1));
        using (Plate("rows", 2, dimension: -2))
        using (Plate("columns", 4, dimension: -1))
        {
            Tensor there = Tensor.From<bool>([true, true, false, true, false, true, true, false], [2, 4]);
            Deterministic("whole", Sample("y", new Normal(m, 1), observed: Tensor.Range(8).To(DType.Float64).Reshape(2, 4), observedMask: there));
        }
        using (Plate("more", 5))
        {
            Sample("z", new Normal(m, 1), observed: Tensor.From([1.0, 2, 3, 4, 0]), observedMask: Tensor.From<bool>([true, true, true, true, false]));
        }
    }
}
