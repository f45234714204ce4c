using Pyrite.Cli.Training;

namespace Pyrite.Cli.Tests.Commands;

/// <summary><c>pyrite train vae --shards … --resume</c> in one process.</summary>
public sealed class ResumedTrainingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ResumedTrainingTests() => TinyMnist.Write(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_that_was_stopped_in_an_epoch_goes_on_to_the_bits_and_losses_of_an_undisturbed_one()
    {
        Train("whole", CancellationToken.None, "--epochs", "2");

        CommandRun stopped = Train("parts", new CancellationToken(canceled: true), "--epochs", "2", "--resume");
        CommandRun resumed = Train("parts", CancellationToken.None, "--epochs", "2", "--resume");

        Assert.Equal((130, 0), (stopped.ExitCode, resumed.ExitCode));
        Assert.StartsWith($"There is no checkpoint in {folder.PathOf("parts")}: starting anew.", stopped.Output);
        Assert.StartsWith($"Going on from the checkpoint in {folder.PathOf("parts")}: epoch 0, batch 1, after 1 steps.", resumed.Output);
        Assert.Equal(Weights("whole"), Weights("parts"));
        Assert.Equal(Losses("whole"), Losses("parts"));
    }

    [Fact]
    public void A_run_that_is_done_writes_its_weights_again_and_goes_on_for_more_epochs()
    {
        Train("whole", CancellationToken.None, "--epochs", "2");
        Train("parts", CancellationToken.None, "--epochs", "1", "--resume");
        byte[] first = Weights("parts");
        File.Delete(folder.PathOf("parts/" + VaeWeights.FileName));

        CommandRun again = Train("parts", CancellationToken.None, "--epochs", "1", "--resume");
        byte[] second = Weights("parts");
        Train("parts", CancellationToken.None, "--epochs", "2", "--resume");

        Assert.StartsWith("All 1 epochs were done already; --epochs 2 would go on.", again.Output);
        Assert.Equal(first, second);
        Assert.Equal(Weights("whole"), Weights("parts"));
        Assert.Equal(Losses("whole"), Losses("parts"));
    }

    [Fact]
    public void A_run_with_other_settings_does_not_go_on()
    {
        Train("out", CancellationToken.None, "--epochs", "1", "--resume");

        CommandRun run = Train("out", CancellationToken.None, "--epochs", "2", "--resume", "--seed", "5");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("was begun with --seed 0, and goes on with --seed 5", run.Error);
    }

    [Theory]
    [InlineData("6", "16", "--shards takes 1, 2, 4, 8 …, a power of two; found \"6\".")]
    [InlineData("32", "16", "--batch-size 16 cannot be cut into 32 shards")]
    [InlineData("8", "18", "40 images in batches of 18 end with one of 4, which cannot be cut into 8 shards.")]
    public void What_cannot_be_cut_is_refused(string shards, string batchSize, string expected)
    {
        CommandRun run = CommandRun.Of(
            "train", "vae", "--data", folder.Path, "--output", folder.PathOf("out"), "--shards", shards, "--batch-size", batchSize);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error);
        Assert.False(Directory.Exists(folder.PathOf("out")));
    }

    private CommandRun Train(string output, CancellationToken interruption, params string[] options) => CommandRun.Of(interruption,
        ["train", "vae", "--data", folder.Path, "--output", folder.PathOf(output), "--batch-size", "16", "--shards", "8", .. options]);

    private byte[] Weights(string output) => File.ReadAllBytes(folder.PathOf($"{output}/{VaeWeights.FileName}"));

    private IEnumerable<(double Training, double? Test)> Losses(string output) =>
        RunRecord.FromJson(File.ReadAllText(folder.PathOf($"{output}/run.json"))).Epochs.Select(epoch => (epoch.TrainingLoss, epoch.TestLoss));
}
