using System.Diagnostics;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>The files of a path are one set, which one run writes at a time.</summary>
public sealed class ChainFileSetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-set-").FullName;

    private string[] Names => [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Fewer_chains_replace_the_whole_set()
    {
        Run(At("a"), chains: 3);
        Assert.Contains("a_2.state",
            Assert.Throws<IOException>(() => Mcmc.Run(EarlierFiles.Groups, chains: 1, files: Without("a_1.state", "a_1.csv"))).Message);
        Run(At("a"), chains: 2, replace: true);
        Assert.Equal(["a_1.csv", "a_1.state", "a_2.csv", "a_2.state"], Names);
        Assert.Equal(2, McmcResult.Load(At("a")).Draws.Chains);
    }

    [Fact]
    public void Fewer_chains_replace_the_whole_set_of_saved_draws_and_nothing_else()
    {
        Draws draws = new(4, 2, [new DrawsVariable("x", Shape.Scalar, [1, 2, 3, 4, 5, 6, 7, 8])]);
        CmdStanCsv.Save(At("d"), draws);
        string[] others = ["d_x.csv", "d_5.txt", "dd_1.csv", "d_.csv"];
        Array.ForEach(others, name => File.WriteAllText(At(name), ""));
        CmdStanCsv.Save(At("d"), draws.SelectChains(3, 0));
        Assert.Equal(others.Concat(["d_1.csv", "d_2.csv"]).Order(StringComparer.Ordinal), Names);
        Assert.Equal([7, 8, 1, 2], CmdStanCsv.Load(At("d")).Draws.Scalar("x"));
    }

    [Fact]
    public void Draws_are_not_saved_over_the_files_of_a_run()
    {
        McmcResult run = Run(At("a"), chains: 1);
        Assert.Contains("a_1.state is the state of a run", Assert.Throws<IOException>(() => run.SaveCsv(At("a"))).Message);
    }

    [Fact]
    public void Two_runs_at_once_on_one_path_are_refused()
    {
        string[] messages = ["", "", ""];
        Listener listener = new(() =>
        {
            messages[0] = Assert.Throws<IOException>(() => Run(At("a"), chains: 1, replace: true)).Message;
            messages[1] = Assert.Throws<IOException>(() => Mcmc.Resume(EarlierFiles.Groups, new ChainFiles(At("a")))).Message;
            messages[2] = McmcResult.Load(At("a")).IsComplete ? "complete" : "under way";
            Run(At("b"), chains: 1);
        });
        Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, 1, 20, 10, 1, listener, files: new ChainFiles(At("a")) { BlockSize = 5 });
        Assert.All(messages[..2], message => Assert.Contains($"Another run writes to \"{At("a")}\" now", message));
        Assert.Equal("under way", messages[2]);
        Assert.DoesNotContain(Names, name => name.EndsWith(".lock"));
        Run(At("a"), chains: 1, replace: true);
    }

    [Fact]
    public void A_lock_that_a_dead_process_has_left_does_not_stand_in_the_way()
    {
        File.WriteAllText(At("a.lock"), "12345");
        Run(At("a"), chains: 1);
        Assert.Equal(["a_1.csv", "a_1.state"], Names);
    }

    [Fact]
    public void A_lock_of_a_living_process_counts_and_ends_with_it()
    {
        string path = At("run");
        KilledProcess.Run("sample", path, () =>
        {
            bool isUnderWay = File.Exists(path + "_1.state") && File.Exists(path + "_2.state");
            if (isUnderWay)
            {
                Assert.Contains("Another run writes",
                    Assert.Throws<IOException>(() => Mcmc.Resume(KilledRuns.Schools, new ChainFiles(path))).Message);
            }
            return isUnderWay;
        }, TimeSpan.Zero);
        Assert.True(
            Mcmc.Resume(KilledRuns.Schools, new ChainFiles(path), draws: 1_000_000,
                cancellation: new CancellationToken(canceled: true)) is { IsComplete: false });
        Assert.DoesNotContain(Names, name => name.EndsWith(".lock") || name.EndsWith(".tmp"));
    }

    [Fact]
    public void Links_are_written_through_and_stay()
    {
        Directory.CreateDirectory(At("store"));
        foreach (string name in (string[])["a_1.csv", "a_1.state"])
        {
            File.CreateSymbolicLink(At(name), Path.Combine(At("store"), name));
        }
        McmcResult first = Run(At("a"), chains: 1, replace: true), second = Run(At("a"), chains: 1, replace: true);
        Assert.Equal(first["mu"].ToArray<double>(), second["mu"].ToArray<double>());
        Assert.Equal(2, Directory.GetFiles(At("store")).Length);
        Assert.All((string[])["a_1.csv", "a_1.state"], name => Assert.NotNull(new FileInfo(At(name)).LinkTarget));
    }

    [Fact]
    public void What_is_no_file_is_refused_before_sampling()
    {
        Directory.CreateDirectory(At("a_2.csv"));
        Assert.Contains("is a folder", Assert.ThrowsAny<IOException>(() => Run(At("a"), chains: 2)).Message);
        Assert.Contains("does not exist. Create it first.", Assert.Throws<DirectoryNotFoundException>(() => Run(At("no/b"), chains: 1)).Message);
        if (!OperatingSystem.IsWindows())
        {
            using Process make = Process.Start("mkfifo", [At("p_1.csv")]);
            make.WaitForExit();
            Assert.Contains("pipe", Assert.ThrowsAny<IOException>(() => Run(At("p"), chains: 1, replace: true)).Message);
        }
    }

    [SmallDiskFact]
    public void A_run_on_a_disk_that_fills_stops_in_words_and_goes_on_where_there_is_room()
    {
        using SmallDisk disk = new(64);
        string path = disk["a"];
        ChainFiles files = new(path) { BlockSize = 10 };
        string message =
            Assert.Throws<IOException>(
                () => Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, chains: 2, warmup: 20, draws: 400, seed: 3, files: files)).Message;
        Assert.Equal(
            $"The run cannot write to \"{path}\": the disk is full. What was saved before is whole; go on with Mcmc.Resume once the files can be "
                + "written.", message);
        Assert.DoesNotContain(Directory.GetFiles(disk.Path), name => name.EndsWith(".tmp") || name.EndsWith(".lock"));
        foreach (string file in Directory.GetFiles(disk.Path))
        {
            File.Copy(file, At(Path.GetFileName(file)));
        }
        McmcResult resumed = Mcmc.Resume(EarlierFiles.Groups, new ChainFiles(At("a")));
        McmcResult whole = Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, chains: 2, warmup: 20, draws: 400, seed: 3);
        Assert.True(resumed.IsComplete);
        Assert.Equal(whole["theta"].ToArray<double>(), resumed["theta"].ToArray<double>());
    }

    [SmallDiskFact]
    public void Saved_draws_that_do_not_fit_leave_the_earlier_set_whole()
    {
        using SmallDisk disk = new(64);
        Draws Make(int count, double value) => new(3, count, [new DrawsVariable("x", Shape.Scalar, [.. Enumerable.Repeat(value, 3 * count)])]);
        CmdStanCsv.Save(disk["d"], Make(4, 1));
        Assert.Contains("the disk is full", Assert.Throws<IOException>(() => CmdStanCsv.Save(disk["d"], Make(3000, 1.0 / 3))).Message);
        Assert.Equal(3, Directory.GetFiles(disk.Path).Length);
        Assert.All(CmdStanCsv.Load(disk["d"]).Draws.Scalar("x"), value => Assert.Equal(1, value));
    }

    private static McmcResult Run(string path, int chains, bool replace = false) =>
        Mcmc.Run(EarlierFiles.Groups, EarlierFiles.Sampler, chains, warmup: 10, draws: 4, seed: 2, files: new ChainFiles(path) { Replace = replace });

    private ChainFiles Without(params string[] names)
    {
        Array.ForEach(names, name => File.Delete(At(name)));
        return new ChainFiles(At("a"));
    }

    private string At(string name) => Path.Combine(folder, name);

    /// <summary>Acts once, while a run is under way.</summary>
    private sealed class Listener(Action act) : IProgress<McmcProgress>
    {
        private bool hasActed;

        public void Report(McmcProgress value)
        {
            if (!hasActed && value.Transitions > 5)
            {
                hasActed = true;
                act();
            }
        }
    }
}
