namespace Pyrite;

/// <summary>How far a run of variational inference is.</summary>
/// <param name="Step">Steps taken in this run.</param>
/// <param name="Steps">Steps asked for.</param>
/// <param name="Loss">The loss of the last step; NaN before the first.</param>
public readonly record struct SviProgress(int Step, int Steps, double Loss)
{
    /// <summary>Whether this is the last report of the run.</summary>
    public bool IsEnd { get; init; }

    /// <summary>Why the run ended; null before the end, and where an exception ended it.</summary>
    public SviStopReason? StopReason { get; init; }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
