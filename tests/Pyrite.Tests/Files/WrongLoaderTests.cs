namespace Pyrite.Tests;

/// <summary>A loader that is given another kind of file names the loader of that kind.</summary>
public sealed class WrongLoaderTests : IDisposable
{
    private static readonly Dictionary<string, (Action<string> Write, string Right)> Files = new()
    {
        ["npy"] = (path => Npy.Save(path, Tensor.From([1.0])), "Npy.Load"),
        ["npz"] = (path => Npz.Save(path, [KeyValuePair.Create("a", Tensor.From([1.0]))]), "Npz.Load"),
        ["draws as arrays"] = (path => DrawsNpz.Save(path, new Draws(2, [new DrawsVariable("a", Shape.Scalar, [1, 2])])), "DrawsNpz.Load"),
        ["csv"] =
            (path => File.Move(CmdStanCsv.Save(path, new Draws(1, 2, [new DrawsVariable("a", Shape.Scalar, [1, 2])])).Single(), path),
                "CmdStanCsv.Load"),
        ["tensors"] = (path => SafeTensors.Save(path, [KeyValuePair.Create("a", Tensor.From([1.0]))]), "SafeTensors.Load"),
        ["weights"] = (path => EarlierFiles.Weights().Save(path), "Module.Load"),
        ["parameters"] = (path => Fitted().Parameters.Save(path), "ParamStore.Load"),
        ["checkpoint"] = (path => Fitted().Save(path), "Svi.Load"),
        ["run"] = (path => Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, 1, 10, 4).State!.Save(path), "McmcState.Load"),
        ["chain"] = (path =>
        {
            Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, 1, 10, 4, files: new ChainFiles(path));
            File.Move(path + "_1.state", path);
        }, "McmcResult.Load"),
        ["bytes"] = (path => File.WriteAllBytes(path, [0, 0, 8, 1, 0, 0, 0, 2, 3, 4]), "IdxReader.Read"),
    };

    /// <summary>Loaders with the files they read.</summary>
    private static readonly Dictionary<string, (Action<string> Load, string[] Reads)> Loaders = new()
    {
        ["Npy.Load"] = (path => Npy.Load(path), ["npy"]),
        ["Npz.Load"] = (path => Npz.Load(path), ["npz", "draws as arrays"]),
        ["DrawsNpz.Load"] = (path => DrawsNpz.Load(path), ["npz", "draws as arrays"]),
        ["CmdStanCsv.Load"] = (path => CmdStanCsv.Load([path]), ["csv"]),
        ["SafeTensors.Load"] = (path => SafeTensors.Load(path), ["tensors", "weights", "parameters", "checkpoint", "run", "chain"]),
        ["Module.Load"] = (path => EarlierFiles.Weights().Load(path), ["weights", "tensors"]),
        ["ParamStore.Load"] = (path => Fitted().Parameters.Load(path), ["parameters", "tensors", "weights"]),
        ["Svi.Load"] = (path => Fitted().Load(path, EarlierFiles.Data), ["checkpoint"]),
        ["SviState.Load"] = (path => SviState.Load(path), ["checkpoint"]),
        ["McmcState.Load"] = (path => McmcState.Load(path), ["run"]),
        ["IdxReader.Read"] = (path => IdxReader.Read(path), ["bytes"]),
        ["LabelledImages.Load"] = (path => LabelledImages.Load(path, path), ["bytes"]),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-wrong-").FullName;

    public static TheoryData<string> Kinds => [.. Files.Keys];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Names_the_loader_of_a_file_that_is_of_another_kind(string kind)
    {
        string path = Path.Combine(folder, "file");
        Files[kind].Write(path);
        foreach ((string loader, (Action<string> load, string[] reads)) in Loaders.Where(loader => !loader.Value.Reads.Contains(kind)))
        {
            string message = Assert.Throws<InvalidDataException>(() => load(path)).Message;
            Assert.True(
                message.Contains(Files[kind].Right, StringComparison.Ordinal)
                    || (kind == "weights" && message.Contains("SafeTensors.Load", StringComparison.Ordinal)), $"{loader} of {kind}: {message}");
            Assert.DoesNotContain(reads, other => other == kind);
        }
    }

    [Fact]
    public void A_run_that_is_not_there_is_explained_by_what_is()
    {
        McmcResult run = Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, 2, 10, 4);
        string path = Path.Combine(folder, "d");
        run.SaveCsv(path);
        Assert.Contains($"CmdStanCsv.Load(\"{path}\")", Assert.Throws<FileNotFoundException>(() => McmcResult.Load(path)).Message);
        Assert.Contains("CmdStanCsv.Load",
            Assert.Throws<FileNotFoundException>(() => Mcmc.Resume(EarlierFiles.Groups, new ChainFiles(path))).Message);
        run.SaveNpz(Path.Combine(folder, "n"));
        Assert.Contains("DrawsNpz.Load", Assert.Throws<FileNotFoundException>(() => McmcResult.Load(Path.Combine(folder, "n"))).Message);
        Assert.Contains("without \"_1.state\"", Assert.Throws<FileNotFoundException>(() => McmcResult.Load(Path.Combine(folder, "nothing"))).Message);
        Assert.Contains("was saved under",
            Assert.Throws<FileNotFoundException>(() => CmdStanCsv.Load(Path.Combine(folder, "nothing"))).Message
                .Replace("were saved under", "was saved under"));
    }

    [Fact]
    public void Folders_are_refused_as_what_they_are()
    {
        Assert.All(Loaders.Values, loader => Assert.Contains("is a folder", Assert.Throws<InvalidDataException>(() => loader.Load(folder)).Message));
    }

    private static Svi<Tensor> Fitted()
    {
        EarlierFiles fit = new();
        fit.Svi.Step(EarlierFiles.Data);
        return fit.Svi;
    }
}
