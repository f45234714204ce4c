using System.Diagnostics;

namespace Pyrite.Cli.Tests.Commands;

/// <summary>The command line under launchers: one voice, and the bits of one process.</summary>
[Trait("Category", "Long")]
public sealed class RanksTests : IDisposable
{
    private static readonly string[] OpenMpi = ["mpirun.openmpi", "--oversubscribe", "--bind-to", "none"];
    private static readonly string[] Mpich = ["mpiexec.hydra"];

    private readonly TemporaryFolder folder = new();

    public RanksTests() => TinyMnist.Write(folder.Path);

    public void Dispose() => folder.Dispose();

    [LauncherFact]
    public void Weights_are_the_same_on_any_number_of_ranks_under_both_launchers()
    {
        Assert.Equal(0, CommandRun.Of(Training("alone", 1)).ExitCode);
        byte[] alone = Weights("alone");
        foreach ((string[] launcher, int ranks) in (ReadOnlySpan<(string[], int)>)[(OpenMpi, 1), (OpenMpi, 2), (OpenMpi, 4), (Mpich, 2)])
        {
            string output = $"{launcher[0]}{ranks}";

            (int code, string text) = Launch(launcher, ranks, Training(output, 1));

            Assert.True(code == 0 && text.Split("epoch: 0").Length == 2 && !text.Contains('\x1b'), text);
            Assert.Equal(alone, Weights(output));
        }
    }

    [LauncherFact]
    public void A_run_goes_on_with_another_number_of_ranks()
    {
        Assert.Equal(0, CommandRun.Of(Training("alone", 2)).ExitCode);

        (int first, string begun) = Launch(OpenMpi, 2, [.. Training("parts", 1), "--resume"]);
        (int second, string resumed) = Launch(OpenMpi, 4, [.. Training("parts", 2), "--resume"]);

        Assert.True(first == 0 && begun.Contains("starting anew"), begun);
        Assert.True(second == 0 && resumed.Contains("Going on from the checkpoint"), resumed);
        Assert.Equal(Weights("alone"), Weights("parts"));
    }

    [LauncherFact]
    public void Ranks_that_do_not_divide_the_shards_or_have_none_are_refused_once()
    {
        (int three, string undivided) = Launch(OpenMpi, 3, Training("out", 1));
        (int two, string without) = Launch(OpenMpi, 2, ["train", "vae", "--data", folder.Path, "--output", folder.PathOf("out")]);

        Assert.True(three == 2 && undivided.Split("--shards 8 cannot be dealt out to 3 processes").Length == 2, undivided);
        Assert.True(two == 2 && without.Split("2 processes share the steps of a fit by shards").Length == 2, without);
    }

    [LauncherFact]
    public void Chains_have_the_same_draws_on_several_ranks()
    {
        string[] shortRun = ["sample", "eight-schools", "--warmup", "50", "--draws", "50", "--no-plots", "--output"];
        Assert.Equal(0, CommandRun.Of([.. shortRun, folder.PathOf("alone")]).ExitCode);

        (int code, string text) = Launch(OpenMpi, 2, [.. shortRun, folder.PathOf("ranks")]);

        Assert.True(code == 0, text);
        Assert.All([1, 2, 3, 4], chain => Assert.Equal(
            File.ReadAllBytes(folder.PathOf($"alone/draws_{chain}.csv")), File.ReadAllBytes(folder.PathOf($"ranks/draws_{chain}.csv"))));
    }

    private string[] Training(string output, int epochs) =>
    [
        "train", "vae", "--data", folder.Path, "--output", folder.PathOf(output), "--batch-size", "16", "--shards", "8", "--epochs", $"{epochs}",
    ];

    private byte[] Weights(string output) => File.ReadAllBytes(folder.PathOf($"{output}/{VaeWeights.FileName}"));

    /// <summary>Runs the command to its end; its exit code, and all that was said.</summary>
    private static (int Code, string Text) Launch(string[] launcher, int ranks, string[] arguments)
    {
        ProcessStartInfo start = new(launcher[0],
            [.. launcher[1..], "-n", $"{ranks}", Environment.ProcessPath!, "exec", typeof(CommandLine).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["PYRITE_THREADS"] = "1";

        // Containers run as root.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        bool hasEnded = process.WaitForExit(TimeSpan.FromMinutes(1));
        if (!hasEnded)
        {
            process.Kill(entireProcessTree: true);
        }
        Assert.True(hasEnded, "The run took more than a minute.");
        return (process.ExitCode, output.Result + errors.Result);
    }
}
