using Pyrite.Cli.Training;
using Pyrite.Plotting.Tests;

namespace Pyrite.Cli.Tests.Commands;

/// <summary>Whole runs of <c>pyrite train vae</c> on a handful of made-up digits.</summary>
public sealed class TrainVaeTests
{
    private static readonly string[] Artifacts =
        ["events.jsonl", "latent-grid.png", "latent-means.png", "loss.png", "loss.svg", "reconstructions.png", "run.json", "weights.safetensors"];

    [Fact]
    public void Leaves_weights_pictures_and_a_record_of_the_run()
    {
        using TemporaryFolder folder = new();

        CommandRun run = Train(folder, CancellationToken.None, "--epochs", "2", "--seed", "3");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Artifacts, FilesIn(folder.PathOf("out")));
        Assert.Matches(@"^epoch: 0\tELBO_loss: \d+\.\d\d$", run.OutputLines[0]);
        Assert.Matches(@"^time used: \d+\.\d\d s\ttest_loss: \d+\.\d\d$", run.OutputLines[1]);
        Assert.StartsWith("epoch: 1\t", run.OutputLines[2]);
    }

    [Fact]
    public void The_record_tells_settings_losses_and_times()
    {
        using TemporaryFolder folder = new();

        Train(folder, CancellationToken.None, "--epochs", "2", "--seed", "3", "--learning-rate", "0.01");

        RunRecord record = RunRecord.FromJson(File.ReadAllText(folder.PathOf("out/run.json")));
        Assert.Equal((3, 0.01, 16), (record.Seed, record.Settings.LearningRate, record.Settings.BatchSize));
        Assert.Equal(243_269, record.Parameters);
        Assert.Equal([0, 1], record.Epochs.Select(epoch => epoch.Epoch));
        Assert.All(record.Epochs, epoch => Assert.Equal(TinyMnist.TrainCount, epoch.Images));
        Assert.All(record.Epochs, epoch => Assert.True(epoch is { TestLoss: > 0, Seconds: > 0 }));
        Assert.True(record.Epochs[1].TrainingLoss < record.Epochs[0].TrainingLoss);
        Assert.False(record.Interrupted);
    }

    [Fact]
    public void Pictures_have_the_promised_sizes()
    {
        using TemporaryFolder folder = new();

        Train(folder, CancellationToken.None, "--epochs", "1");

        PngPixels grid = PngPixels.Load(folder.PathOf("out/latent-grid.png")), digits = PngPixels.Load(folder.PathOf("out/reconstructions.png"));
        Assert.Equal((840, 840, true), (grid.Width, grid.Height, grid.IsGray));
        Assert.Equal(2 * ((2 * 30) + 2), digits.Height);
        Assert.True(digits.Width >= 2 * ((10 * 30) + 2));
        Assert.StartsWith("<", File.ReadAllText(folder.PathOf("out/loss.svg")));
        Assert.True(PngPixels.Load(folder.PathOf("out/loss.png")).Width > 0);
        Assert.True(PngPixels.Load(folder.PathOf("out/latent-means.png")).Width > 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        using TemporaryFolder first = new(), second = new(), third = new();

        Train(first, CancellationToken.None, "--epochs", "1", "--seed", "5");
        Train(second, CancellationToken.None, "--epochs", "1", "--seed", "5");
        Train(third, CancellationToken.None, "--epochs", "1", "--seed", "6");

        byte[] weights = File.ReadAllBytes(first.PathOf("out/weights.safetensors"));
        Assert.Equal(weights, File.ReadAllBytes(second.PathOf("out/weights.safetensors")));
        Assert.NotEqual(weights, File.ReadAllBytes(third.PathOf("out/weights.safetensors")));
    }

    [Fact]
    public void An_interruption_finishes_the_batch_saves_and_says_so()
    {
        using TemporaryFolder folder = new();

        CommandRun run = Train(folder, new CancellationToken(canceled: true), "--epochs", "5");

        RunRecord record = RunRecord.FromJson(File.ReadAllText(folder.PathOf("out/run.json")));
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Interrupted: the batch is finished", run.Output);
        Assert.Equal(Artifacts, FilesIn(folder.PathOf("out")));
        Assert.True(record.Interrupted);
        Assert.Equal((16, (double?)null), (Assert.Single(record.Epochs).Images, record.Epochs[0].TestLoss));
    }

    [Fact]
    public void A_report_tells_losses_settings_pictures_and_the_model()
    {
        using TemporaryFolder folder = new();

        CommandRun run = Train(folder, CancellationToken.None, "--epochs", "1", "--seed", "5", "--report");

        string page = File.ReadAllText(folder.PathOf("out/report.html"));
        Assert.Contains("report.html", run.Output);
        Assert.Contains(", seed 5</p>", page);
        Assert.Equal(4, page.Split("src=\"data:image/png;base64,").Length - 1);
        Assert.All(["id=\"losses\"", "<th scope=\"row\">learning rate</th><td>0.001</td>", "TraceElbo", ">latent</text>",
            "<th scope=\"row\">decoder.", "<th scope=\"row\">obs</th><td>[16, 1, 28, 28]</td>"], text => Assert.Contains(text, page));
    }

    [Fact]
    public void Weights_of_a_run_draw_the_same_latent_grid_again()
    {
        using TemporaryFolder folder = new();
        Train(folder, CancellationToken.None, "--epochs", "1");

        CommandRun run =
            CommandRun.Of("vae", "draw", "--weights", folder.PathOf("out/weights.safetensors"), "--data", folder.Path, "--output",
                folder.PathOf("again"));

        Assert.Equal(0, run.ExitCode);
        foreach (string picture in FilesIn(folder.PathOf("again")))
        {
            Assert.Equal(File.ReadAllBytes(folder.PathOf("out/" + picture)), File.ReadAllBytes(folder.PathOf("again/" + picture)));
        }
    }

    private static CommandRun Train(TemporaryFolder folder, CancellationToken interruption, params string[] options)
    {
        TinyMnist.Write(folder.Path);
        return CommandRun.Of(interruption,
            ["train", "vae", "--data", folder.Path, "--output", folder.PathOf("out"), "--batch-size", "16", .. options]);
    }

    private static string[] FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
}
