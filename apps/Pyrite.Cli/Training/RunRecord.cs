using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pyrite.Cli.Training;

/// <summary>What run.json says: enough to know what was run, on what, and how it went.</summary>
internal sealed record RunRecord(
    string Command,
    TrainingSettings Settings,
    int Seed,
    RunVersions Versions,
    DateTimeOffset Started,
    bool Interrupted,
    int Parameters,
    IReadOnlyList<EpochResult> Epochs,
    double TrainingSeconds)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The record of a run that ends now.</summary>
    public static RunRecord Of(TrainingSettings settings, DateTimeOffset started, bool interrupted, int parameters,
        IReadOnlyList<EpochResult> epochs) =>
        new("train vae", settings, settings.Seed, RunVersions.Current, started, interrupted, parameters, epochs, epochs.Sum(epoch => epoch.Seconds));

    public static RunRecord FromJson(string json) =>
        JsonSerializer.Deserialize<RunRecord>(json, Format) ?? throw new InvalidDataException("run.json holds no object.");

    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
