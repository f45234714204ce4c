using Pyrite.Testing;

namespace Pyrite.Cli.Tests;

/// <summary>Whatever happens around it, <c>pyrite</c> says what is wrong in one line, ends with exit code 2, and saves what can be saved.</summary>
public sealed class BadDaysTests : IDisposable
{
    private const string Short = "--chains 2 --warmup 200 --draws 200 --no-plots";

    private readonly TemporaryFolder folder = new();

    private string Out => folder.PathOf("out");

    public void Dispose() => folder.Dispose();

    [UnixFact]
    public void A_reader_that_goes_away_does_not_cost_the_draws()
    {
        (int code, string[] error) = CliProcess.Shell($"pyrite sample eight-schools {Short} --output {Out} | head -1; exit ${{PIPESTATUS[0]}}");

        Assert.Equal(2, code);
        Assert.StartsWith("Cannot write to standard output: ", Assert.Single(error));
        Assert.Equal(400, CmdStanCsv.Load(Path.Combine(Out, "draws")).Draws.Count);
    }

    [UnixFact]
    public void An_output_on_a_full_disk_does_not_cost_the_draws()
    {
        (int code, string[] error) = CliProcess.Shell($"pyrite sample eight-schools {Short} --output {Out} > /dev/full");

        Assert.Equal(2, code);
        Assert.Equal("Cannot write to standard output: the disk is full. Files were written as usual.", Assert.Single(error));
        Assert.Equal(400, CmdStanCsv.Load(Path.Combine(Out, "draws")).Draws.Count);
    }

    [UnixFact]
    public void An_output_that_was_closed_does_not_cost_the_draws()
    {
        (int code, string[] error) = CliProcess.Shell($"pyrite sample eight-schools {Short} --output {Out} >&-");

        Assert.Equal(2, code);
        Assert.StartsWith("Cannot write to standard output: ", Assert.Single(error));
        Assert.Equal(400, CmdStanCsv.Load(Path.Combine(Out, "draws")).Draws.Count);
    }

    [UnixFact]
    public void A_signal_while_sampling_saves_what_was_drawn() => CheckSignal("TERM", 2);

    [UnixTheory, Trait("Category", "Long")]
    [InlineData("HUP", 2)]
    [InlineData("INT", 130)]
    public void Other_signals_save_what_was_drawn(string signal, int expected) => CheckSignal(signal, expected);

    [UnixFact]
    public void A_signal_while_training_saves_the_weights()
    {
        TinyMnist.Write(folder.Path);
        using CliProcess run = CliProcess.Start("train", "vae", "--data", folder.Path, "--epochs", "100000", "--batch-size", "20", "--output", Out);
        run.WaitForOutput();
        run.Signal("TERM");
        (int code, string[] error) = run.End();

        Assert.Equal(2, code);
        Assert.Single(error);
        Assert.NotEmpty(SafeTensors.Load(Path.Combine(Out, "weights.safetensors")));
    }

    [UnixFact]
    public void A_folder_that_disappears_is_made_again()
    {
        using CliProcess run =
            CliProcess.Start("sample", "eight-schools", "--chains", "2", "--warmup", "200", "--draws", "40000", "--no-plots", "--output", Out);
        run.WaitForOutput();
        run.WaitFor(() => Directory.Exists(Out));
        Directory.Delete(Out, recursive: true);
        (int code, string[] error) = run.End();

        Assert.Equal(2, code);
        Assert.Equal($"The folder {Out} disappeared during the run and was made again. Saved in {Out}: draws.", Assert.Single(error));
        Assert.Equal(80000, CmdStanCsv.Load(Path.Combine(Out, "draws")).Draws.Count);
    }

    [SmallDiskFact]
    public void On_a_disk_that_is_too_small_the_chains_that_fit_are_saved()
    {
        using SmallDisk disk = new(240);
        CommandRun run =
            CommandRun.Of("sample", "eight-schools", "--chains", "4", "--warmup", "200", "--draws", "200", "--no-plots", "--output", disk["out"]);

        Assert.Equal(2, run.ExitCode);
        string line = Assert.Single(run.ErrorLines);
        Assert.StartsWith($"Cannot save draws", line);
        Assert.Contains("the disk is full", line);
        Assert.Contains(run.OutputLines, text => text.StartsWith("tau ", StringComparison.Ordinal));
        Draws saved = CmdStanCsv.Load(disk["out/draws"]).Draws;
        Assert.InRange(saved.Chains, 1, 3);
        Assert.Equal(200, saved.DrawsPerChain);
        Assert.DoesNotContain(Directory.GetFiles(disk["out"]), file => file.EndsWith(".tmp"));
    }

    [SmallDiskFact]
    public void Weights_come_before_pictures_that_do_not_fit()
    {
        using SmallDisk disk = new(3 * 1024);
        TinyMnist.Write(folder.Path);
        CommandRun whole = CommandRun.Of("train", "vae", "--data", folder.Path, "--epochs", "1", "--batch-size", "20", "--output", Out);
        Assert.Equal("", whole.Error);
        int weights = (int)new FileInfo(Path.Combine(Out, "weights.safetensors")).Length;
        Assert.True(weights < 3 * 1024 * 1024);
        disk.FillBut(weights + 8192);
        CommandRun run = CommandRun.Of("train", "vae", "--data", folder.Path, "--epochs", "1", "--batch-size", "20", "--output", disk["out"]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Cannot save ", Assert.Single(run.ErrorLines));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Out, "weights.safetensors")), File.ReadAllBytes(disk["out/weights.safetensors"]));
    }

    [SmallDiskFact]
    public void A_disk_that_may_only_be_read_is_refused_before_any_work()
    {
        using SmallDisk disk = new(64);
        Assert.True(disk.MakeReadOnly());
        CommandRun run = CommandRun.Of("sample", "eight-schools", "--output", disk["out"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Cannot write to --output {disk["out"]}: ", Assert.Single(run.ErrorLines));
    }

    [UnixTheory]
    [InlineData("", "the name is empty. Give the name of a folder.")]
    [InlineData("/dev/full", "a file or a device stands there. Give the name of a folder.")]
    [InlineData("/dev/null/out", "no folder can be made there. Choose another one.")]
    [InlineData("/proc/out", "no folder can be made there. Choose another one.")]
    [InlineData("long", "the name is too long; most file systems take 255 bytes in a name and 4095 in a path. Choose a shorter one.")]
    public void A_folder_that_cannot_be_made_is_refused_before_any_work(string path, string why)
    {
        path = path == "long" ? folder.PathOf(new string('n', 300)) : path;
        CommandRun run = CommandRun.Of("sample", "eight-schools", "--output", path);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal($"Cannot write to --output {path}: {why}", Assert.Single(run.ErrorLines));
    }

    private void CheckSignal(string signal, int expected)
    {
        // How long warm-up takes depends on what else the machine does: a signal that comes too early finds no draws, and is sent later the next
        // time.
        for (int seconds = 1; !File.Exists(Path.Combine(Out, "draws_1.csv")) && seconds < 100; seconds *= 3)
        {
            using CliProcess run =
                CliProcess.Start("sample", "eight-schools", "--chains", "2", "--warmup", "10", "--draws", "500000", "--no-plots", "--output", Out);
            run.WaitForOutput();
            Thread.Sleep(TimeSpan.FromSeconds(seconds));
            run.Signal(signal);
            (int code, string[] error) = run.End();

            Assert.Equal(expected, code);
            Assert.Equal(expected == 2 ? ["Ended by a signal: what was learnt or drawn until then is saved."] : [], error);
        }

        Assert.True(CmdStanCsv.Load(Path.Combine(Out, "draws")).Draws.Count > 0);
        Assert.DoesNotContain(Directory.GetFiles(Out), file => file.EndsWith(".tmp"));
    }
}
