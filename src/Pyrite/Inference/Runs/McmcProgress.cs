namespace Pyrite;

/// <summary>How far a chain has come.</summary>
/// <param name="Chain">Which chain, from 0.</param>
/// <param name="Transitions">How many transitions it has made, warm-up included.</param>
/// <param name="Total">How many it will make.</param>
/// <param name="IsWarmup">Whether it is still warming up.</param>
/// <param name="Divergences">Divergent transitions after warm-up so far.</param>
/// <param name="StepSize">The step size of the last transition.</param>
public readonly record struct McmcProgress(int Chain, int Transitions, int Total, bool IsWarmup, int Divergences, double StepSize)
{
    /// <summary>How many chains the run has.</summary>
    public int Chains { get; init; } = 1;

    /// <summary>Whether this is the last report of the chain in this run: all transitions are made, the run was cancelled, or an exception ended
    /// it.</summary>
    public bool IsEnd { get; init; }

    /// <summary>Something about the run that is told once, in the first report of the first chain: why it is slow; null in other reports.</summary>
    public string? Note { get; init; }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
