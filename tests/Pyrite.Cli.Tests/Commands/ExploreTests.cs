using System.Text.RegularExpressions;
using Pyrite.Cli.Exploring;

namespace Pyrite.Cli.Tests.Commands;

/// <summary><c>pyrite explore</c>: what it prints, when it ends, and that its plane is the trained autoencoder's.</summary>
[Trait("Once", "Cultures")]
public sealed class ExploreTests
{
    [Fact]
    public void Prints_an_address_and_ends_with_the_interruption()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource interruption = new();
        interruption.Cancel();

        CommandRun run = CommandRun.Of(interruption.Token, "explore", folder.PathOf(""));

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Matches(
            new Regex(@"^Open http://127\.0\.0\.1:\d+/[A-Za-z0-9_-]{24}/ in a browser of this machine\. Ctrl-C ends it\.$"), run.OutputLines[0]);
    }

    [Fact]
    public void A_folder_that_is_not_there_and_a_bad_port_are_one_line_each()
    {
        CommandRun missing = CommandRun.Of("explore", "no/such/folder"), port = CommandRun.Of("explore", "--port", "70000");

        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("no/such/folder", Assert.Single(missing.ErrorLines));
        Assert.Equal(2, port.ExitCode);
        Assert.Contains("from 0 to 65535", Assert.Single(port.ErrorLines));
    }

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using TemporaryFolder folder = new();
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        string port = $"{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}";

        CommandRun run = CommandRun.Of("explore", folder.PathOf(""), "--port", port);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--port {port}", Assert.Single(run.ErrorLines));
    }

    [Fact]
    public void The_plane_of_a_trained_run_is_its_decoder_and_its_events_are_told()
    {
        using TemporaryFolder folder = new();
        TinyMnist.Write(folder.PathOf(""));
        CommandRun.Of("train", "vae", "--data", folder.PathOf(""), "--epochs", "1", "--batch-size", "16", "--output", folder.PathOf("out"));

        string weights = folder.PathOf("out/weights.safetensors");
        LatentPlane plane = Exploration.PlaneOf(weights, Mnist.Load(folder.PathOf("")));
        Tensor z = Tensor.From([0.5f, -1f]).Reshape(1, 2);
        Assert.Equal(VaeWeights.Load(weights).Decoder.Forward(z).ToArray<float>(), plane.Decode(z).ToArray<float>());
        string[] events = File.ReadAllLines(folder.PathOf("out/events.jsonl"));
        Assert.Contains(events, line => line.Contains("\"event\":\"batch\"", StringComparison.Ordinal));
        Assert.Contains(events, line => line.Contains("\"event\":\"epoch\"", StringComparison.Ordinal));
        Assert.Contains("\"event\":\"end\"", events[^1]);
    }
}
