namespace Pyrite.Programs;

/// <summary>How a value of a tile program is held.</summary>
internal enum TileHolding
{
    /// <summary>A small block of the walking thread's own.</summary>
    Slot,

    /// <summary>A stretch of a tensor that is held whole.</summary>
    Stretch,

    /// <summary>One element for every row of the tile, a stretch of a tensor that is held whole.</summary>
    RowSums,

    /// <summary>One number for all elements.</summary>
    Single,

    /// <summary>A whole tensor, to be spread over the tiles.</summary>
    Whole,
}
