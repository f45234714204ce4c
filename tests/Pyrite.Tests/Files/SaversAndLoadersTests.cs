using System.Reflection;
using Pyrite.Plotting;

namespace Pyrite.Tests;

/// <summary>Every public method that writes a file stands in a table with the one that reads it, and what was written comes back.</summary>
public sealed class SaversAndLoadersTests : IDisposable
{
    /// <summary>Savers, with their loader and a round trip in an empty folder.</summary>
    private static readonly Dictionary<string, (string Loader, Action<string> RoundTrip)> Pairs = new()
    {
        ["Npy.Save"] = ("Npy.Load", folder =>
        {
            Npy.Save(At(folder, "a.npy"), Tensor.From([1.5, 2]));
            Assert.Equal([1.5, 2], Npy.Load(At(folder, "a.npy")).ToArray<double>());
        }
        ),
        ["Npz.Save"] = ("Npz.Load", folder =>
        {
            Npz.Save(At(folder, "a.npz"), [KeyValuePair.Create("a", Tensor.From([1.5, 2]))]);
            Assert.Equal([1.5, 2], Npz.Load(At(folder, "a.npz"))["a"].ToArray<double>());
        }
        ),
        ["SafeTensors.Save"] = ("SafeTensors.Load", folder =>
        {
            SafeTensors.Save(At(folder, "a.safetensors"), [KeyValuePair.Create("a", Tensor.From([1.5, 2]))]);
            Assert.Equal([1.5, 2], SafeTensors.Load(At(folder, "a.safetensors"))["a"].ToArray<double>());
        }
        ),
        ["ModuleState.Save"] = ("ModuleState.Load", folder =>
        {
            Linear first = EarlierFiles.Weights(), second = EarlierFiles.Weights();
            first.SetSeed(1);
            second.SetSeed(2);
            first.Save(At(folder, "w"));
            second.Load(At(folder, "w"));
            Assert.Equal(first.State()["weight"].ToArray<float>(), second.State()["weight"].ToArray<float>());
        }
        ),
        ["ParamStore.Save"] = ("ParamStore.Load", folder =>
        {
            EarlierFiles fit = Fitted(), fresh = new();
            fit.Svi.Parameters.Save(At(folder, "p"));
            fresh.Svi.Parameters.Load(At(folder, "p"));
            fresh.Svi.Evaluate(EarlierFiles.Data);
            Assert.Equal(fit.Svi.Parameters["loc"].ToArray<float>(), fresh.Svi.Parameters["loc"].ToArray<float>());
        }
        ),
        ["Svi`1.Save"] = ("Svi`1.Load", folder =>
        {
            EarlierFiles fit = Fitted(), fresh = new();
            fit.Svi.Save(At(folder, "s"));
            fresh.Svi.Load(At(folder, "s"), EarlierFiles.Data);
            Assert.Equal(fit.Svi.Step(EarlierFiles.Data), fresh.Svi.Step(EarlierFiles.Data));
        }
        ),
        ["SviState.Save"] = ("SviState.Load", folder =>
        {
            SviState state = Fitted().Svi.State();
            state.Save(At(folder, "s"));
            Assert.Equal(state.Parameters["loc"].ToArray<float>(), SviState.Load(At(folder, "s")).Parameters["loc"].ToArray<float>());
        }
        ),
        ["McmcState.Save"] = ("McmcState.Load", folder =>
        {
            McmcState state = Sampled().State!;
            state.Save(At(folder, "m"));
            Assert.Equal(state.Transitions, McmcState.Load(At(folder, "m")).Transitions);
        }
        ),
        ["McmcResult.SaveCsv"] = ("CmdStanCsv.Load", folder =>
        {
            McmcResult run = Sampled();
            run.SaveCsv(At(folder, "d"));
            Same(run.Draws, run.Statistics, CmdStanCsv.Load(At(folder, "d")).Draws, CmdStanCsv.Load(At(folder, "d")).Statistics!);
        }
        ),
        ["McmcResult.SaveNpz"] = ("DrawsNpz.Load", folder =>
        {
            McmcResult run = Sampled();
            run.SaveNpz(At(folder, "d.npz"));
            SavedDraws read = DrawsNpz.Load(At(folder, "d.npz"));
            Same(run.Draws, run.Statistics, read.Draws, read.Statistics!);
        }
        ),
        ["CmdStanCsv.Save"] = ("CmdStanCsv.Load", folder =>
        {
            Draws draws = new(2, 3, [new DrawsVariable("a", [2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])]);
            CmdStanCsv.Save(At(folder, "d"), draws);
            CmdStanDraws read = CmdStanCsv.Load(At(folder, "d"));
            Assert.Equal(draws["a"].ToArray<double>(), read.Draws["a"].ToArray<double>());
            Assert.Null(read.Statistics);
        }
        ),
        ["DrawsNpz.Save"] = ("DrawsNpz.Load", folder =>
        {
            // Three draws of two numbers, not three chains of two draws.
            DrawsNpz.Save(At(folder, "d.npz"),
                new Draws(3, [new DrawsVariable("a", [2], [1, 2, 3, 4, 5, 6]), new DrawsVariable("k", Shape.Scalar, [7, 8, 9], type: DType.Int64)]));
            SavedDraws read = DrawsNpz.Load(At(folder, "d.npz"));
            Assert.Equal((DType.Float64, DType.Int64), (read.Draws["a"].DType, read.Draws["k"].DType));
            Assert.Equal((false, 3, Shape.Create(2)), (read.Draws.HasChains, read.Draws.Count, read.Draws.Variable("a").EventShape));
        }
        ),
        ["PngImage.Save"] = ("PngImage.Load", folder =>
        {
            new PngImage(2, 1, 1, new byte[] { 7, 200 }).Save(At(folder, "p.png"));
            Assert.Equal([7, 200], PngImage.Load(At(folder, "p.png")).Pixels.ToArray());
        }
        ),
        ["Picture.SavePng"] = ("PngImage.Load", folder =>
        {
            ImageGrid grid = new([0, 255, 255, 0], 1, 1, 2, 2);
            grid.SavePng(At(folder, "g.png"));
            Assert.Equal(PngImage.Decode(grid.ToPng()).Pixels.ToArray(), PngImage.Load(At(folder, "g.png")).Pixels.ToArray());
        }
        ),
    };

    /// <summary>What is written for the eye alone.</summary>
    private static readonly string[] WithoutLoader = ["Picture.SaveSvg"];

    /// <summary>Loaders of files that other programs write, and those that take a run's files instead of one.</summary>
    private static readonly string[] WithoutSaver =
        ["CmdStanCsv.LoadEstimate", "IdxReader.Read", "LabelledImages.Load", "Mnist.Load", "McmcResult.Load", "ModuleState.LoadState",
            "SafeTensorsFile.Read"];

    private static readonly Assembly[] Libraries =
        [typeof(Tensor).Assembly, typeof(PngImage).Assembly, typeof(Normal).Assembly, typeof(Linear).Assembly, typeof(Dataset).Assembly,
            typeof(Mnist).Assembly, typeof(Mcmc).Assembly];

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-pairs-").FullName;

    public static TheoryData<string> Savers => [.. Pairs.Keys];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_public_saver_and_loader_stands_in_the_table()
    {
        Assert.Equal(Pairs.Keys.Concat(WithoutLoader).Order(StringComparer.Ordinal), Found("Save", "Write", "Export").Order(StringComparer.Ordinal));
        Assert.Equal(Pairs.Values.Select(pair => pair.Loader).Concat(WithoutSaver).Distinct().Order(StringComparer.Ordinal),
            Found("Load", "Read", "Import").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Savers))]
    public void What_was_saved_comes_back_and_nothing_else_is_left(string saver)
    {
        Pairs[saver].RoundTrip(folder);
        Assert.DoesNotContain(Directory.GetFiles(folder), file => file.EndsWith(".tmp") || file.EndsWith(".lock"));
    }

    private static IEnumerable<string> Found(params string[] verbs) =>
        Libraries.Distinct().SelectMany(library => library.GetExportedTypes()).Where(type => !type.Name.StartsWith('<'))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(
                method =>
                    verbs.Any(
                        verb =>
                            method.Name.StartsWith(verb, StringComparison.Ordinal)
                                && (method.Name.Length == verb.Length || char.IsUpper(method.Name[verb.Length]))))
            .Where(IsOfFiles)
            .Select(method => $"{type.Name}.{method.Name}"))
        .Distinct();

    /// <summary>Tensors are read and written too; what is meant here takes a path, or belongs to something that was opened from one.</summary>
    private static bool IsOfFiles(MethodInfo method) =>
        (method.GetParameters().Any(parameter => parameter.Name is "path" or "paths" or "folder" or "imagesPath" or "state")
            && !(method.DeclaringType == typeof(Optimizer)))
        || method.DeclaringType == typeof(SafeTensorsFile) || method.DeclaringType == typeof(Mnist);

    private static string At(string folder, string name) => Path.Combine(folder, name);

    private static EarlierFiles Fitted()
    {
        EarlierFiles fit = new();
        fit.Svi.Step(EarlierFiles.Data);
        return fit;
    }

    private static McmcResult Sampled() => Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, chains: 2, warmup: 20, draws: 6, seed: 3);

    private static void Same(Draws draws, Draws statistics, Draws readDraws, Draws readStatistics)
    {
        Assert.Equal(draws.Names, readDraws.Names);
        Assert.All(draws.Names, name => Assert.Equal(draws[name].ToArray<double>(), readDraws[name].ToArray<double>()));
        Assert.All(statistics.Names, name => Assert.Equal(statistics.Scalar(name), readStatistics.Scalar(name)));
    }
}
