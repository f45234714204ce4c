using System.Diagnostics;

namespace Pyrite.Cli.Tests;

/// <summary>Training in processes of their own, because the number of the engine's threads is fixed when a process starts.</summary>
public sealed class VaeThreadsTests
{
    [Fact, Trait("Category", "Long")]
    public void Twenty_steps_give_the_same_weights_on_one_two_and_three_threads()
    {
        using TemporaryFolder folder = new();
        byte[] one = Train(1, folder);
        Assert.Equal(one, Train(2, folder));
        Assert.Equal(one, Train(3, folder));
    }

    private static byte[] Train(int threads, TemporaryFolder folder)
    {
        string output = folder.PathOf($"threads{threads}");
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                typeof(Vae).Assembly.Location, "train", "vae", "--epochs", "1", "--batches-per-epoch", "20",
                "--threads", $"{threads}", "--output", output,
            },
        };
        start.Environment.Remove("PYRITE_THREADS");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return File.ReadAllBytes(Path.Combine(output, VaeWeights.FileName));
    }
}
