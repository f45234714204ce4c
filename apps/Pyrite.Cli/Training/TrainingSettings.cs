namespace Pyrite.Cli.Training;

/// <summary>What the user chose for a training run; kept in run.json.</summary>
/// <remarks>Without <c>Data</c>, the digits of MNIST that come with Pyrite; without <c>BatchesPerEpoch</c>, all of them; without <c>Shards</c>, a
/// step is one run.</remarks>
internal sealed record TrainingSettings(
    int Epochs,
    int BatchSize,
    double LearningRate,
    int Seed,
    int Threads,
    string? Data,
    string Output,
    int? BatchesPerEpoch,
    bool WithReport = false,
    int? Shards = null,
    bool Resume = false);
