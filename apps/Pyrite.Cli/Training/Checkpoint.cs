using System.Globalization;

namespace Pyrite.Cli.Training;

/// <summary>The checkpoint in the folder of a run, from which <c>--resume</c> goes on with any number of processes that divides the shards.</summary>
internal static class Checkpoint
{
    public const string FileName = "checkpoint";

    /// <summary>Writes it; only the first rank has a folder.</summary>
    public static void Save(OutputFolder folder, Svi<Tensor> svi, DataLoader loader, TrainingProgress progress)
    {
        // The losses first: those that are too many can be left out afterwards, those that are missing cannot be made up.
        folder.WriteText(TrainingProgress.FileName, progress.ToJson());
        folder.Save(FileName, path => svi.Save(path, loader));
    }

    /// <summary>Looks whether there is one, and whether the run may go on from it.</summary>
    /// <returns>What stands beside it; null where there is none.</returns>
    /// <exception cref="UsageException">The run was begun with other settings.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static TrainingProgress? Find(TrainingSettings settings)
    {
        string path = PathIn(settings.Output), beside = Path.Combine(settings.Output, TrainingProgress.FileName);
        if (!File.Exists(path))
        {
            return null;
        }
        TrainingProgress progress = File.Exists(beside)
            ? TrainingProgress.FromJson(File.ReadAllText(beside))
            : throw new UsageException($"Cannot go on from {path}: {TrainingProgress.FileName} is missing beside it. Start without --resume.");
        Require(settings.Output, "--shards", progress.Settings.Shards, settings.Shards);
        Require(settings.Output, "--batch-size", progress.Settings.BatchSize, settings.BatchSize);
        Require(settings.Output, "--seed", progress.Settings.Seed, settings.Seed);
        Require(settings.Output, "--learning-rate", progress.Settings.LearningRate, settings.LearningRate);
        Require(settings.Output, "--batches-per-epoch", progress.Settings.BatchesPerEpoch, settings.BatchesPerEpoch);
        return SviState.Load(path) is { Position: { } position } state
            ? progress.At(state.StepCount, position.Epoch)
            : throw new InvalidDataException($"{path} does not say where the data stood.");
    }

    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    private static void Require<T>(string folder, string option, T? before, T? now)
    {
        if (!Equals(before, now))
        {
            throw new UsageException(
                $"--resume: the run in {folder} was begun {Describe(option, before)}, and goes on {Describe(option, now)}. Give the same, or start "
                    + "anew without --resume.");
        }
    }

    private static string Describe<T>(string option, T? value) =>
        value is null ? $"without {option}" : string.Create(CultureInfo.InvariantCulture, $"with {option} {value}");
}
