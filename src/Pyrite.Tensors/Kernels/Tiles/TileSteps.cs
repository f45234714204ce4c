namespace Pyrite.Kernels.Tiles;

/// <summary>What is known of the distances in a <see cref="TileCall"/> when a tile is compiled.</summary>
internal enum TileSteps
{
    /// <summary>Nothing.</summary>
    Any,

    /// <summary>Terms of a row of A are neighbours, and so are rows of B.</summary>
    Packed,

    /// <summary>The rows of A are neighbours.</summary>
    AdjacentRows,
}
