namespace Pyrite;

/// <summary>How far a run of variational inference is.</summary>
/// <param name="Step">Steps taken in this run.</param>
/// <param name="Steps">Steps asked for.</param>
/// <param name="Loss">The loss of the last step.</param>
public readonly record struct SviProgress(int Step, int Steps, double Loss)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
