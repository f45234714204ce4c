using Pyrite.Inference.Runs;

using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class ChainFilesTests : IDisposable
{
    private static readonly Potential Schools = Potential.Of(McmcModels.EightSchools, seed: 2);

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-chains-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Draws_in_files_are_those_in_memory()
    {
        McmcResult memory = Run(null), files = Run(Files("a"));
        Same(memory, files);
        Same(memory, McmcResult.Load(At("a")));
        Assert.Null(files.State);
        Assert.Equal(memory.Summary().ToString(), files.Summary().ToString());
        CmdStanDraws plain = CmdStanCsv.Load([At("a_1.csv"), At("a_2.csv")]);
        Assert.Equal(memory["theta"].ToArray<double>(), plain.Draws["theta"].ToArray<double>());
        Assert.Equal(memory.Divergences, files.Divergences);
    }

    [Fact]
    public void Files_call_the_model_by_its_name()
    {
        Run(Files("named") with { Model = "eight schools" });
        Assert.Contains("# model = eight schools", File.ReadAllLines(At("named_1.csv")));
        Run(Files("plain"));
        Assert.Contains("# model = model", File.ReadAllLines(At("plain_2.csv")));
        Assert.Contains("1 to 1,000 characters; found 0", Assert.Throws<ArgumentException>(() => new ChainFiles("a") { Model = "" }).Message);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(74)]
    [InlineData(130)]
    public void A_cancelled_run_goes_on_in_its_files_to_the_same_bytes(int stop)
    {
        Run(Files("whole"));
        using CancellationTokenSource source = new();
        McmcResult part = Run(Files("part"), new Listener(progress => Cancel(source, progress, stop)), source.Token);
        Assert.False(part.IsComplete);
        Assert.False(McmcResult.Load(At("part")).IsComplete);
        McmcResult found = Mcmc.Resume(Schools, Files("part"));
        Assert.True(found.IsComplete);
        SameBytes("whole", "part");
    }

    [Fact]
    public void Whatever_was_written_after_the_last_save_is_read_as_far_as_it_goes_and_made_again()
    {
        McmcResult whole = Run(Files("whole"));
        using CancellationTokenSource source = new();
        Run(Files("part"), new Listener(progress => Cancel(source, progress, 100)), source.Token);
        byte[] saved = File.ReadAllBytes(At("part_1.csv")), all = File.ReadAllBytes(At("whole_1.csv"));
        Assert.Equal(saved, all[..saved.Length]);
        byte[] state = File.ReadAllBytes(At("part_1.state")), other = File.ReadAllBytes(At("part_2.csv")),
            otherState = File.ReadAllBytes(At("part_2.state"));
        for (int length = saved.Length; length < saved.Length + 700; length += 91)
        {
            // As a process leaves it that is killed while it writes.
            File.WriteAllBytes(At("part_1.csv"), all[..length]);
            McmcResult read = McmcResult.Load(At("part"));
            KeptChains kept = KeptChains.Of([Rows(all[..length]), Rows(other)]);
            Assert.Equal(kept.Chains.Length, read.Draws.Chains);
            for (int i = 0; i < kept.Chains.Length; i++)
            {
                Assert.Equal(whole.Draws.SelectChains(kept.Chains[i]).Scalar("tau")[..kept.Draws], read.Draws.SelectChains(i).Scalar("tau"));
            }
            Same(whole, Mcmc.Resume(Schools, Files("part")));
            SameBytes("whole", "part");
            File.WriteAllBytes(At("part_1.state"), state);
            File.WriteAllBytes(At("part_2.csv"), other);
            File.WriteAllBytes(At("part_2.state"), otherState);
        }
    }

    private static int Rows(byte[] file) => file.Count(value => value == (byte)'\n') - file.Count(value => value == (byte)'#') - 1;

    [Fact]
    public void Cancelled_in_warm_up_a_run_has_no_draws_but_can_be_resumed()
    {
        using CancellationTokenSource source = new();
        McmcResult part = Run(Files("part"), new Listener(progress => Cancel(source, progress, 20)), source.Token);
        Assert.Contains("Resume it", Assert.Throws<InvalidOperationException>(() => part.Draws).Message);
        Assert.Throws<InvalidOperationException>(() => McmcResult.Load(At("part")).Summary());
        Same(Run(null), Mcmc.Resume(McmcModels.EightSchools, Files("part")));
    }

    [Fact]
    public void A_complete_run_can_be_made_longer_in_its_files()
    {
        Run(Files("a"));
        McmcResult longer = Mcmc.Resume(Schools, Files("a"), draws: 130);
        Same(Mcmc.Run(Schools, new Nuts(jitter: 0.1), chains: 2, warmup: 60, draws: 130, seed: 2), longer);
        Assert.Equal(130, McmcResult.Load(At("a")).Draws.DrawsPerChain);
    }

    [Fact]
    public void A_new_run_does_not_overwrite_an_earlier_one_unless_told_to()
    {
        Run(Files("a"));
        byte[] before = File.ReadAllBytes(At("a_1.csv"));
        Assert.Contains("Mcmc.Resume", Assert.Throws<IOException>(() => Run(Files("a"))).Message);
        Assert.Equal(before, File.ReadAllBytes(At("a_1.csv")));
        Run(Files("a") with { Replace = true });
        Assert.Equal(before, File.ReadAllBytes(At("a_1.csv")));
        Assert.Throws<DirectoryNotFoundException>(() => Run(Files(Path.Combine("nowhere", "a"))));
        Assert.Throws<ArgumentOutOfRangeException>(() => Files("a") with { BlockSize = 0 });
    }

    [Fact]
    public void Files_of_another_model_or_another_run_are_refused()
    {
        Run(Files("a"));
        Assert.Contains("only in the file: mu, tau, theta, z",
            Assert.Throws<InvalidDataException>(() => Mcmc.Resume(McmcModels.Scaled, Files("a"))).Message);
        Mcmc.Run(Schools, new Nuts(jitter: 0.1), chains: 2, warmup: 60, draws: 80, seed: 3, files: Files("b"));
        File.Copy(At("b_2.state"), At("a_2.state"), overwrite: true);
        Assert.Contains("another run", Assert.Throws<InvalidDataException>(() => Mcmc.Resume(Schools, Files("a"))).Message);
        File.WriteAllText(At("b_1.csv"), "lp__\n");
        Assert.Contains("has 5 bytes", Assert.Throws<InvalidDataException>(() => Mcmc.Resume(Schools, Files("b"))).Message);
        Assert.Throws<FileNotFoundException>(() => McmcResult.Load(At("c")));
    }

    [Fact]
    public void Names_that_cannot_stand_in_a_file_are_refused_before_sampling()
    {
        static void Model() => Sample("a b", new Normal(0, 1));
        Assert.Contains("\"a b\"", Assert.Throws<ArgumentException>(() => Mcmc.Run(Model, chains: 1, files: Files("x"))).Message);
    }

    private string At(string name) => Path.Combine(folder, name);

    private ChainFiles Files(string name) => new(At(name)) { BlockSize = 7 };

    private static McmcResult Run(ChainFiles? files, IProgress<McmcProgress>? progress = null, CancellationToken token = default) =>
        Mcmc.Run(Schools, new Nuts(jitter: 0.1), chains: 2, warmup: 60, draws: 80, seed: 2, progress, token, files: files);

    private static void Cancel(CancellationTokenSource source, McmcProgress progress, int stop)
    {
        if (progress.Transitions >= stop)
        {
            source.Cancel();
        }
    }

    private void SameBytes(string expected, string found)
    {
        for (int chain = 1; chain <= 2; chain++)
        {
            Assert.Equal(File.ReadAllBytes(At($"{expected}_{chain}.csv")), File.ReadAllBytes(At($"{found}_{chain}.csv")));
        }
    }

    private static void Same(McmcResult expected, McmcResult found)
    {
        Assert.Equal(expected.Draws.Names, found.Draws.Names);
        Assert.All(expected.Draws.Names, name => Assert.Equal(expected[name].ToArray<double>(), found[name].ToArray<double>()));
        Assert.All(expected.Draws.Names, name => Assert.Equal(expected.Draws.Variable(name).Dimensions, found.Draws.Variable(name).Dimensions));
        Assert.All(expected.Statistics.Names, name => Assert.Equal(expected.Statistics.Scalar(name), found.Statistics.Scalar(name)));
        Assert.Equal(expected.StepSizes, found.StepSizes);
        Assert.Equal(expected.Metrics.SelectMany(metric => metric.Variances), found.Metrics.SelectMany(metric => metric.Variances));
        Assert.Equal(expected.MaximumTreeDepth, found.MaximumTreeDepth);
    }

    private sealed class Listener(Action<McmcProgress> told) : IProgress<McmcProgress>
    {
        public void Report(McmcProgress value) => told(value);
    }
}
