extern alias engine;

using System.Text.RegularExpressions;
using Pyrite;
using Pyrite.Inference.Runs;
using AtomicFile = engine::Pyrite.Serialization.AtomicFile;

namespace Pyrite.Tests;

/// <summary>The page of errors has a section for every refusal of files, and its example is what is really said.</summary>
public sealed partial class FileErrorsPageTests : IDisposable
{
    private const int NoSpaceLeft = 28;

    private static readonly Dictionary<string, Action<string>> Refusals = new()
    {
        ["WrongKindOfFile"] = folder =>
        {
            Npy.Save(Path.Combine(folder, "a"), Tensor.From([1.0]));
            Npz.Load(Path.Combine(folder, "a"));
        },
        ["NoRunThere"] = folder => McmcResult.Load(Path.Combine(folder, "d")),
        ["SavedByAnotherModel"] = folder =>
        {
            SafeTensors.Save(Path.Combine(folder, "p"), [KeyValuePair.Create("other", Tensor.From([1.0]))]);
            Fitted().Parameters.Load(Path.Combine(folder, "p"));
        },
        ["ConstraintChanged"] = folder =>
        {
            static Svi<Tensor> Fit(Constraint constraint) =>
                new(x => Primitives.Sample("z", new Normal(0f, 1f)),
                    x => Primitives.Sample("z", new Normal(0f, Primitives.Param("scale", 1f, constraint))), new Adam(), new TraceElbo());
            Svi<Tensor> real = Fit(Constraints.Real);
            real.Step(0f);
            real.Save(Path.Combine(folder, "c"));
            Fit(Constraints.Positive).Load(Path.Combine(folder, "c"), 0f);
        },
        ["SamplerMissing"] = folder =>
        {
            ChainFiles files = new(Path.Combine(folder, "a"));
            Mcmc.Run(EarlierFiles.Groups, new Nuts { Schedule = new Halves() }, chains: 1, warmup: 10, draws: 5, files: files);
            Mcmc.Resume(EarlierFiles.Groups, files, draws: 10);
        },
        ["OtherVersion"] = folder =>
        {
            string path = Path.Combine(folder, "v");
            Fitted().Save(path);
            NamedTensors file = SafeTensors.Load(path);
            SafeTensors.Save(path, file,
                [KeyValuePair.Create("pyrite.svi", OwnVersion().Replace(file.Metadata["pyrite.svi"], "\"format\":7,\"version\":\"9.8.7\""))]);
            SviState.Load(path);
        },
        ["NoDrawsInFile"] = folder => CmdStanCsv.Load([Write(folder, "# method = optimize\na\n1\n")]),
        ["FileCutOff"] = folder => CmdStanCsv.Load([Write(folder, "# num_samples = 5\na\n1\n2\n")]),
        ["NotANumber"] = folder => CmdStanCsv.Load([Write(folder, "a\nx\n")]),
        ["ChainsOrDraws"] = folder =>
        {
            Npz.Save(Path.Combine(folder, "n"), [KeyValuePair.Create("a", Tensor.Ones(3, 2))]);
            DrawsNpz.Load(Path.Combine(folder, "n"));
        },
        ["FilesInUse"] = folder =>
        {
            using ChainFilesLock other = ChainFilesLock.Take(Path.Combine(folder, "a"));
            Mcmc.Run(EarlierFiles.Groups, chains: 1, files: new ChainFiles(Path.Combine(folder, "a")));
        },
        ["FilesOfAnEarlierRun"] = folder =>
        {
            File.WriteAllText(Path.Combine(folder, "a_1.state"), "");
            Mcmc.Run(EarlierFiles.Groups, chains: 1, files: new ChainFiles(Path.Combine(folder, "a")));
        },
        ["NoRegularFile"] = _ => Npy.Save("/dev/null", Tensor.From([1.0])),
        ["NameTooLong"] = folder => Npy.Save(Path.Combine(folder, new string('n', 300)), Tensor.From([1.0])),
        ["NoNewFiles"] = _ => Npy.Save("/proc/a", Tensor.From([1.0])),
        ["FolderMissing"] = folder => Npy.Save(Path.Combine(folder, "runs", "a"), Tensor.From([1.0])),
        ["DiskFull"] = folder => AtomicFile.Write(Path.Combine(folder, "a"), _ => throw new IOException("No space left on device", NoSpaceLeft)),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-page-").FullName;

    public static TheoryData<string> Kinds => [.. Refusals.Keys];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_refusal_says_what_its_section_shows(string kind)
    {
        if (kind is "NoRegularFile" or "NameTooLong" or "NoNewFiles" && !OperatingSystem.IsLinux())
        {
            return;
        }
        string said = Assert.ThrowsAny<Exception>(() => Refusals[kind](folder)).Message;
        string section = Assert.Single(Sections(), one => one.StartsWith($"{kind}\n", StringComparison.Ordinal));
        Assert.Contains("**Cause.**", section);
        Assert.Contains("**Remedy.**", section);
        string shown = section.Split('`')[1];
        Assert.Contains(Comparable(shown), Comparable(said.Replace(folder + Path.DirectorySeparatorChar, "")));
    }

    [Fact]
    public void Every_section_has_its_refusal() =>
        Assert.Equal(Refusals.Keys.Order(StringComparer.Ordinal), Sections().Select(section => section.Split('\n')[0]).Order(StringComparer.Ordinal));

    /// <summary>Without paths and version numbers, which are those of the example.</summary>
    private static string Comparable(string text) => Version().Replace(text.Replace("runs/", ""), "0");

    private static string[] Sections()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Pyrite.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }
        string page = File.ReadAllText(Path.Combine(at!, "docs", "errors.md")).ReplaceLineEndings("\n");
        return page.Split("\n# ").Single(part => part.StartsWith("Errors of files\n", StringComparison.Ordinal)).Split("\n## ")[1..];
    }

    private static Svi<Tensor> Fitted()
    {
        EarlierFiles fit = new();
        fit.Svi.Step(EarlierFiles.Data);
        return fit.Svi;
    }

    private static string Write(string folder, string text)
    {
        string path = Path.Combine(folder, "a.csv");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A part of a sampler that is not the library's.</summary>
    private sealed class Halves : WarmupSchedule
    {
        public override IReadOnlyList<(int First, int Last)> Divide(int warmup) => [(0, (warmup / 2) - 1), (warmup / 2, warmup - 1)];

        public override string ToString() => "halves";
    }

    [GeneratedRegex(@"(?<=this is Pyrite )[^,]+(?=,)", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex("\"format\":1,\"version\":\"[^\"]*\"", RegexOptions.CultureInvariant)]
    private static partial Regex OwnVersion();
}
