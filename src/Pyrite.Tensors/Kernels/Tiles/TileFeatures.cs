namespace Pyrite.Kernels.Tiles;

/// <summary>What a tile does besides summing; each combination is code of its own.</summary>
[Flags]
internal enum TileFeatures
{
    None = 0,
    Accumulate = 1,
    Bias = 2,
    Relu = 4,
    Mask = 8,

    /// <summary>The last vector of columns is partial; <see cref="TileCall.LastColumns"/> points to its lane mask.</summary>
    PartialColumns = 16,

    /// <summary>A is read as vectors and multiplied lane by lane: C holds, per row, one vector of partial sums of a dot product.</summary>
    Dots = 32,
}
