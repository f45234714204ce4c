using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>A value that the stages of a tile program read or write.</summary>
/// <param name="Holding">How it is held.</param>
/// <param name="Spec">What it looks like whole.</param>
/// <param name="Source">The result or outside tensor that it is part of.</param>
internal sealed record TileValue(TileHolding Holding, TensorSpec Spec, int Source)
{
    /// <summary>The block of a <see cref="TileHolding.Slot"/>.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>A fill whose number this is, where it is not found in memory.</summary>
    public RecordedNode? Fill { get; init; }

    /// <summary>The tensor of values that all tiles share, pointed to its memory when a run begins.</summary>
    public Tensor? Shared { get; init; }
}
