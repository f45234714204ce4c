using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pyrite.Cli.Training;

/// <summary>What stands beside a checkpoint: the losses until then, and the choices that must be the same when the run goes on.</summary>
/// <param name="Settings">What the run was begun with.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Epochs">The epochs that are complete; the last one may not have been tested yet.</param>
/// <param name="Loss">Of the epoch under way, summed over images.</param>
/// <param name="Images">Of the epoch under way.</param>
/// <param name="Seconds">Of the epoch under way.</param>
internal sealed record TrainingProgress(
    TrainingSettings Settings,
    long Step,
    IReadOnlyList<EpochResult> Epochs,
    double Loss,
    int Images,
    double Seconds)
{
    public const string FileName = "progress.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static TrainingProgress FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingProgress>(json, Format) ?? throw new InvalidDataException($"{FileName} holds no object.");
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"{FileName} is damaged: {damage.Message}", damage);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";

    /// <summary>What of it belongs to a checkpoint of some step, an earlier one where the run was killed between the two files.</summary>
    /// <param name="step">Steps of the checkpoint.</param>
    /// <param name="epoch">The epoch of the checkpoint.</param>
    public TrainingProgress At(long step, int epoch) => step == Step
        ? this
        : this with { Step = step, Epochs = [.. Epochs.Where(one => one.Epoch < epoch)], Loss = 0, Images = 0, Seconds = 0 };
}
