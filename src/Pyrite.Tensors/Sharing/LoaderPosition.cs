namespace Pyrite;

/// <summary>How far a loader of batches is: which batch comes next.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Batch">The batch in it, from 0.</param>
public readonly record struct LoaderPosition(int Epoch, int Batch)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
