using Pyrite.Inference.Fitting.Checkpoints;
using Pyrite.Inference.Objectives;
using Pyrite.Inference.Parameters;


namespace Pyrite;

/// <summary>All that an inference needs to go on as if it had never stopped: parameters, optimizers, counts, early stopping, seed.</summary>
/// <remarks>The keys of later draws follow from seed and counts. Saved as one safetensors file, whose metadata holds the rest as JSON under
/// <c>pyrite.svi</c>.</remarks>
public sealed record SviState
{
    internal SviState()
    {
    }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many steps have been taken.</summary>
    public required long StepCount { get; init; }

    /// <summary>How many steps were skipped.</summary>
    public required long SkippedCount { get; init; }

    /// <summary>How many evaluations have been made.</summary>
    public required long EvaluationCount { get; init; }

    /// <summary>The learnable side of each parameter by name.</summary>
    public required IReadOnlyDictionary<string, Tensor> Parameters { get; init; }

    /// <summary>What registered networks remember beside parameters, by name.</summary>
    public required IReadOnlyDictionary<string, Tensor> Buffers { get; init; }

    /// <summary>What each optimizer remembers, the main one first; null where a group of parameters has none.</summary>
    public required IReadOnlyList<OptimizerState?> Optimizers { get; init; }

    /// <summary>What the plateau schedules of the optimizers remember; null where an optimizer has none.</summary>
    public required IReadOnlyList<PlateauState?> Plateaus { get; init; }

    /// <summary>Into how many shards steps were cut; null where a step was one run, and in files that do not say.</summary>
    public int? Shards { get; init; }

    /// <summary>The batch that comes next; null where no loader was given.</summary>
    public LoaderPosition? Position { get; init; }

    /// <summary>The constraints of the parameters that have one; null in files of the first version, which do not say.</summary>
    internal IReadOnlyDictionary<string, ConstraintDescription>? Constraints { get; init; }

    internal PlateauWatchState? Watch { get; init; }

    internal int SkippedInARow { get; init; }

    internal string? FirstBad { get; init; }

    internal IReadOnlyDictionary<string, DecayingAverage> Averages { get; init; } = new Dictionary<string, DecayingAverage>();

    /// <summary>Writes the state; an earlier file is replaced as a whole or not at all, whenever the process may die.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier one is kept whole.</exception>
    public void Save(string path) => SviStateFile.Save(path, this);

    /// <summary>Reads a state.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SviState Load(string path) => SviStateFile.Load(path);

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
