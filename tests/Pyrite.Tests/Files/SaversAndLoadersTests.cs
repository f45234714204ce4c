using System.Reflection;

namespace Pyrite.Tests;

/// <summary>Every public method that writes a file stands in a table with the one that reads it, and what was written comes back.</summary>
public sealed class SaversAndLoadersTests : IDisposable
{
    /// <summary>Savers, with their loader and a round trip by way of the paths that names are given.</summary>
    internal static readonly Dictionary<string, (string Loader, Action<Func<string, string>> RoundTrip)> Pairs = new()
    {
        ["Npy.Save"] = ("Npy.Load", at =>
        {
            Npy.Save(at("a.npy"), Tensor.From([1.5, 2]));
            Assert.Equal([1.5, 2], Npy.Load(at("a.npy")).ToArray<double>());
        }
        ),
        ["Npz.Save"] = ("Npz.Load", at =>
        {
            Npz.Save(at("a.npz"), [KeyValuePair.Create("a", Tensor.From([1.5, 2]))]);
            Assert.Equal([1.5, 2], Npz.Load(at("a.npz"))["a"].ToArray<double>());
        }
        ),
        ["SafeTensors.Save"] = ("SafeTensors.Load", at =>
        {
            SafeTensors.Save(at("a.safetensors"), [KeyValuePair.Create("a", Tensor.From([1.5, 2]))]);
            Assert.Equal([1.5, 2], SafeTensors.Load(at("a.safetensors"))["a"].ToArray<double>());
        }
        ),
        ["ModuleState.Save"] = ("ModuleState.Load", at =>
        {
            Linear first = EarlierFiles.Weights(), second = EarlierFiles.Weights();
            first.SetSeed(1);
            second.SetSeed(2);
            first.Save(at("w"));
            second.Load(at("w"));
            Assert.Equal(first.State()["weight"].ToArray<float>(), second.State()["weight"].ToArray<float>());
        }
        ),
        ["ParamStore.Save"] = ("ParamStore.Load", at =>
        {
            EarlierFiles fit = Fitted(), fresh = new();
            fit.Svi.Parameters.Save(at("p"));
            fresh.Svi.Parameters.Load(at("p"));
            fresh.Svi.Evaluate(EarlierFiles.Data);
            Assert.Equal(fit.Svi.Parameters["loc"].ToArray<float>(), fresh.Svi.Parameters["loc"].ToArray<float>());
        }
        ),
        ["Svi`1.Save"] = ("Svi`1.Load", at =>
        {
            EarlierFiles fit = Fitted(), fresh = new();
            fit.Svi.Save(at("s"));
            fresh.Svi.Load(at("s"), EarlierFiles.Data);
            Assert.Equal(fit.Svi.Step(EarlierFiles.Data), fresh.Svi.Step(EarlierFiles.Data));
        }
        ),
        ["SviState.Save"] = ("SviState.Load", at =>
        {
            SviState state = Fitted().Svi.State();
            state.Save(at("s"));
            Assert.Equal(state.Parameters["loc"].ToArray<float>(), SviState.Load(at("s")).Parameters["loc"].ToArray<float>());
        }
        ),
        ["McmcState.Save"] = ("McmcState.Load", at =>
        {
            McmcState state = Sampled().State!;
            state.Save(at("m"));
            Assert.Equal(state.Transitions, McmcState.Load(at("m")).Transitions);
        }
        ),
        ["McmcResult.SaveCsv"] = ("CmdStanCsv.Load", at =>
        {
            McmcResult run = Sampled();
            run.SaveCsv(at("d"));
            Same(run.Draws, run.Statistics, CmdStanCsv.Load(at("d")).Draws, CmdStanCsv.Load(at("d")).Statistics!);
        }
        ),
        ["McmcResult.SaveNpz"] = ("DrawsNpz.Load", at =>
        {
            McmcResult run = Sampled();
            run.SaveNpz(at("d.npz"));
            SavedDraws read = DrawsNpz.Load(at("d.npz"));
            Same(run.Draws, run.Statistics, read.Draws, read.Statistics!);
        }
        ),
        ["CmdStanCsv.Save"] = ("CmdStanCsv.Load", at =>
        {
            Draws draws = new(2, 3, [new DrawsVariable("a", [2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])]);
            CmdStanCsv.Save(at("d"), draws);
            CmdStanDraws read = CmdStanCsv.Load(at("d"));
            Assert.Equal(draws["a"].ToArray<double>(), read.Draws["a"].ToArray<double>());
            Assert.Null(read.Statistics);
        }
        ),
        ["DrawsNpz.Save"] = ("DrawsNpz.Load", at =>
        {
            // Three draws of two numbers, not three chains of two draws.
            DrawsNpz.Save(at("d.npz"),
                new Draws(3, [new DrawsVariable("a", [2], [1, 2, 3, 4, 5, 6]), new DrawsVariable("k", Shape.Scalar, [7, 8, 9], type: DType.Int64)]));
            SavedDraws read = DrawsNpz.Load(at("d.npz"));
            Assert.Equal((DType.Float64, DType.Int64), (read.Draws["a"].DType, read.Draws["k"].DType));
            Assert.Equal((false, 3, Shape.Create(2)), (read.Draws.HasChains, read.Draws.Count, read.Draws.Variable("a").EventShape));
        }
        ),
    };

    /// <summary>What is written for the eye alone.</summary>
    private static readonly string[] WithoutLoader = ["Diagram.SaveSvg", "ReportExtensions.SaveReport"];

    /// <summary>Loaders of files that other programs write, those that take a run's files instead of one, and what readers stand on.</summary>
    private static readonly string[] WithoutSaver =
        ["CmdStanCsv.LoadEstimate", "FileContent.Read", "IdxReader.Read", "ImageSetSource.Load", "LabelledImages.Load", "Mnist.Load",
            "McmcResult.Load", "ModuleState.LoadState", "SafeTensorsFile.Read", "Table.ReadCsv"];

    private static readonly Assembly[] Libraries =
        [typeof(Tensor).Assembly, typeof(Normal).Assembly, typeof(Linear).Assembly, typeof(Dataset).Assembly,
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
        Pairs[saver].RoundTrip(name => Path.Combine(folder, name));
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
