extern alias engine;

using System.Text;
using Pyrite.Inference.Exchange;
using TemporaryFile = engine::Pyrite.Serialization.TemporaryFile;

namespace Pyrite.Tests;

/// <summary>Files of other systems and their ways: ends of lines, separators, upper and lower case, files that are open.</summary>
public sealed class OtherSystemsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-systems-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Draws_with_the_line_ends_of_windows_are_the_same_draws()
    {
        McmcResult run = Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, chains: 2, warmup: 20, draws: 15, seed: 3);
        run.SaveCsv(At("d"));
        CmdStanDraws before = CmdStanCsv.Load(At("d"));
        foreach (string file in Directory.GetFiles(folder, "d_*.csv"))
        {
            WithWindowsLines(file);
        }

        CmdStanDraws after = CmdStanCsv.Load(At("d"));
        Assert.Equal(before.Draws.Names, after.Draws.Names);
        Assert.All(before.Draws.Names, name => Assert.Equal(before.Draws[name].ToArray<double>(), after.Draws[name].ToArray<double>()));
        Assert.Equal(before.Statistics!.Names, after.Statistics!.Names);
    }

    [Theory]
    [InlineData("w.safetensors")]
    [InlineData("w.npz")]
    public void Names_keep_their_case_and_their_separators(string file)
    {
        string[] names = ["layer.weight", "Layer.Weight", "a/b", "a\\b", "größe", "con"];
        KeyValuePair<string, Tensor>[] tensors = [.. names.Select((name, i) => KeyValuePair.Create(name, Tensor.From([i + 0.5])))];
        if (file.EndsWith("npz", StringComparison.Ordinal))
        {
            Npz.Save(At(file), tensors);
        }
        else
        {
            SafeTensors.Save(At(file), tensors);
        }

        IReadOnlyDictionary<string, Tensor> read = file.EndsWith("npz", StringComparison.Ordinal) ? Npz.Load(At(file)) : SafeTensors.Load(At(file));
        Assert.Equal(names.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        Assert.All(tensors, tensor => Assert.Equal(tensor.Value.ToArray<double>(), read[tensor.Key].ToArray<double>()));
    }

    [Fact]
    public void Paths_may_have_steps_back_and_the_systems_other_separator()
    {
        Directory.CreateDirectory(At("sub"));
        string path = string.Join(Path.AltDirectorySeparatorChar, folder, "sub", "..", "sub", ".", "x.npy");
        Npy.Save(path, Tensor.From([1.5]));

        Assert.Equal([1.5], Npy.Load(Path.Combine(folder, "sub", "x.npy")).ToArray<double>());
    }

    /// <summary>Where case matters, files that differ in it are other files; where it does not, they are found under either spelling.</summary>
    [Fact]
    public void Files_of_chains_are_found_as_the_file_system_finds_files()
    {
        File.WriteAllText(At("Run_1.csv"), "");
        bool isFound = File.Exists(At("run_1.csv"));

        Assert.Equal([At("Run_1.csv")], ChainFileSet.Of(At("Run")).Draws);
        Assert.Equal(isFound ? [At("run_1.csv")] : [], ChainFileSet.Of(At("run")).Draws);
    }

    [Fact]
    public void A_file_that_is_open_just_then_is_replaced_a_little_later()
    {
        int refusals = 2;
        void Replace()
        {
            if (refusals-- > 0)
            {
                throw new UnauthorizedAccessException("It is open.");
            }
        }

        TemporaryFile.Persist(Replace, isRefusedWhileOpen: true);
        Assert.Equal(-1, refusals);
        refusals = 1;
        Assert.Throws<UnauthorizedAccessException>(() => TemporaryFile.Persist(Replace, isRefusedWhileOpen: false));
        refusals = int.MaxValue;
        Assert.Throws<UnauthorizedAccessException>(() => TemporaryFile.Persist(Replace, isRefusedWhileOpen: true));
    }

    private static void WithWindowsLines(string file) =>
        File.WriteAllText(file, File.ReadAllText(file).ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private string At(string name) => Path.Combine(folder, name);
}
