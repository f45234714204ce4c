using Pyrite.Engine;

namespace Pyrite.Programs.Plans;

/// <summary>A value that a loop over tiles loads or stores, or keeps in registers.</summary>
/// <param name="Source">The result or outside tensor that it is part of.</param>
/// <param name="Spec">What it looks like whole.</param>
internal sealed record TileValue(int Source, TensorSpec Spec)
{
    /// <summary>Whether tiles are stretches of a tensor that is held whole.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Where tiles begin in the room of a walking thread, in bytes; -1 where none is kept there.</summary>
    public int Room { get; set; } = -1;

    /// <summary>The single number that stands for all elements, copied to a fixed place when a run begins; null for arrays.</summary>
    public Tensor? Number { get; init; }

    /// <summary>A fill whose number this is, where it is not found in memory.</summary>
    public RecordedNode? Fill { get; init; }

    /// <summary>How a smaller tensor is repeated over each tile before the loop; null for none.</summary>
    public TileSpread? Spread { get; init; }
}
