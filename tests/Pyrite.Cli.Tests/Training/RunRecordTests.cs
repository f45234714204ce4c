using System.Text.Json;
using Pyrite.Cli.Training;

namespace Pyrite.Cli.Tests.Training;

public sealed class RunRecordTests
{
    private static readonly TrainingSettings Settings = new(2, 128, 1e-3, 7, 2, null, "runs/vae", null);

    [Fact]
    public void Reads_back_what_it_wrote()
    {
        RunRecord record =
            RunRecord.Of(Settings, DateTimeOffset.UnixEpoch, interrupted: true, parameters: 243_269,
                [new(0, 210.5, 180.25, 60_000, 5.5), new(1, 175, null, 1280, 0.25)]);

        RunRecord copy = RunRecord.FromJson(record.ToJson());

        Assert.Equal(record with { Epochs = copy.Epochs }, copy);
        Assert.Equal(record.Epochs, copy.Epochs);
        Assert.Equal(5.75, copy.TrainingSeconds);
    }

    [Fact]
    public void Names_settings_seed_versions_losses_and_times()
    {
        RunRecord record =
            RunRecord.Of(Settings, DateTimeOffset.UnixEpoch, interrupted: false, parameters: 243_269, [new(0, 210.5, 180.25, 60_000, 5.5)]);

        using JsonDocument json = JsonDocument.Parse(record.ToJson());

        JsonElement root = json.RootElement, epoch = root.GetProperty("epochs")[0];
        Assert.Equal(7, root.GetProperty("seed").GetInt32());
        Assert.Equal(128, root.GetProperty("settings").GetProperty("batch_size").GetInt32());
        Assert.Equal(210.5, epoch.GetProperty("training_loss").GetDouble());
        Assert.Equal(180.25, epoch.GetProperty("test_loss").GetDouble());
        Assert.Equal(5.5, epoch.GetProperty("seconds").GetDouble());
        Assert.NotEmpty(root.GetProperty("versions").GetProperty("pyrite").GetString()!);
    }
}
