
namespace Pyrite.Tests;

/// <summary>Whatever stands at a path, or is wrong with its name: every saver says in one line what it cannot write, why, and what to do.</summary>
public sealed class BadTargetsTests : IDisposable
{
    /// <summary>Paths that no file can be written to, made from a folder and the name of the file; and what must be said.</summary>
    private static readonly Dictionary<string, (Func<string, string, string> Path, string[] Words)> Targets = new()
    {
        ["name of 256 bytes"] = ((folder, name) => Path.Combine(folder, name.PadRight(256, 'n')), ["too much", "shorter"]),
        ["name of 300 bytes"] = ((folder, name) => Path.Combine(folder, name.PadRight(300, 'n')), ["longest name in it 30", "shorter"]),
        ["name of 150 letters"] = ((folder, name) => Path.Combine(folder, name.PadRight(150, 'é')), ["too much", "shorter"]),
        ["folder with a long name"] = ((folder, name) => Path.Combine(folder, new string('d', 300), name), ["longest name in it 300", "short"]),
        ["long path"] = ((folder, name) => Path.Combine([folder, .. Enumerable.Repeat(new string('d', 99), 50), name]), ["the path has 5"]),
        ["folder that is a file"] = ((folder, name) => Path.Combine(folder, "file", name), ["is a file, no folder", "another path"]),
        ["folder that is missing"] = ((folder, name) => Path.Combine(folder, "missing", name), ["does not exist", "Create it"]),
        ["folder of links in a circle"] = ((folder, name) => Path.Combine(folder, "circle", name), ["lead in a circle", "Remove"]),
        ["folder of the system"] = ((_, name) => "/proc/" + name, ["takes no new files", "another folder"]),
        ["device"] = ((_, _) => "/dev/full", ["device", "another path"]),
        ["link to a device"] = ((folder, _) => Path.Combine(folder, "device"), ["device", "another path"]),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-targets-").FullName;

    /// <summary>All savers, those without a loader too, and runs that write while they sample.</summary>
    public static TheoryData<string> Savers => [.. SaversAndLoadersTests.Pairs.Keys, "Diagram.SaveSvg", "ChainFiles"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Savers))]
    public void Every_saver_says_why_it_cannot_write(string saver)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        File.WriteAllText(Path.Combine(folder, "file"), "kept");
        File.CreateSymbolicLink(Path.Combine(folder, "circle"), Path.Combine(folder, "circle"));
        File.CreateSymbolicLink(Path.Combine(folder, "device"), "/dev/full");
        string[] before = Directory.GetFileSystemEntries(folder);
        foreach ((string kind, (Func<string, string, string> path, string[] words)) in Targets)
        {
            Exception refusal = Assert.ThrowsAny<IOException>(() => Save(saver, name => path(folder, name)));
            Assert.True(refusal.Message.StartsWith("Cannot write \"", StringComparison.Ordinal), $"{saver}, {kind}: {refusal.Message}");
            Assert.All(words, word => Assert.True(refusal.Message.Contains(word), $"{saver}, {kind}: {refusal.Message}"));
            Assert.DoesNotContain(".tmp", refusal.Message);
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.Equal(before, Directory.GetFileSystemEntries(folder));
        }
    }

    [Theory]
    [MemberData(nameof(Savers))]
    public void A_name_as_long_as_the_system_takes_is_saved(string saver)
    {
        // Sets of files add "_1.state" to it.
        int longest = OperatingSystem.IsWindows() ? 100 : saver is "ChainFiles" or "McmcResult.SaveCsv" or "CmdStanCsv.Save" ? 247 : 255;
        Save(saver, name => Path.Combine(folder, name.PadLeft(longest, 'n')));
        Assert.NotEmpty(Directory.GetFiles(folder));
        Assert.DoesNotContain(Directory.GetFiles(folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static void Save(string saver, Func<string, string> path)
    {
        if (saver == "ChainFiles")
        {
            Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, chains: 1, warmup: 20, draws: 6, files: new ChainFiles(path("d")));
        }
        else if (saver == "Diagram.SaveSvg")
        {
            new Diagram([], []).SaveSvg(path("g.svg"));
        }
        else
        {
            SaversAndLoadersTests.Pairs[saver].RoundTrip(path);
        }
    }
}
