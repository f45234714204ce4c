using Pyrite.Plotting.Tests;
using Pyrite.Testing;

namespace Pyrite.Cli.Tests.Commands;

public sealed class DrawVaeTests
{
    [Fact]
    public void PyTorchs_weights_give_PyTorchs_latent_grid()
    {
        using TemporaryFolder folder = new();
        TinyMnist.Write(folder.Path);

        CommandRun run =
            CommandRun.Of("vae", "draw", "--weights", GoldenFolder.Path("vae", "vae_trained.safetensors"), "--data", folder.Path, "--output",
                folder.PathOf("out"));

        PngPixels expected = PngPixels.Load(GoldenFolder.Path("vae", "grid_840x840.png"));
        PngPixels found = PngPixels.Load(folder.PathOf("out/latent-grid.png"));
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal((expected.Width, expected.Height), (found.Width, found.Height));
        Assert.Equal(0, Differences(expected, found, atLeast: 2));
        Assert.InRange(Differences(expected, found, atLeast: 1), 0, 840 * 840 / 1000);
    }

    [Fact]
    public void A_file_that_is_not_safetensors_gives_one_line_and_exit_code_2()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("weights.safetensors"), "not weights");

        CommandRun run = CommandRun.Of("vae", "draw", "--weights", folder.PathOf("weights.safetensors"));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Cannot read --weights ", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public void Weights_of_another_network_give_one_line_and_exit_code_2()
    {
        using TemporaryFolder folder = new();

        CommandRun run = CommandRun.Of("vae", "draw", "--weights", GoldenFolder.Path("vae", "vae_adam.safetensors"), "--output", folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("encoder.", Assert.Single(run.ErrorLines));
    }

    private static int Differences(PngPixels expected, PngPixels found, int atLeast)
    {
        int count = 0;
        for (int y = 0; y < expected.Height; y++)
        {
            for (int x = 0; x < expected.Width; x++)
            {
                count += Math.Abs(expected[x, y] - found[x, y]) >= atLeast ? 1 : 0;
            }
        }

        return count;
    }
}
