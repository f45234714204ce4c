using Pyrite.Kernels.Reductions;
using Pyrite.Ops.Reductions;

namespace Pyrite.Programs.Plans;

/// <summary>How a number of elements is cut into tiles; where they are summed, tiles begin where the sum's blocks do.</summary>
/// <remarks>A short rest is part of the tile before it, so that every tile has a vector of elements.</remarks>
internal sealed class TileShape
{
    /// <summary>The longest rest that is no tile of its own; no vector has more elements.</summary>
    private const int LongestRest = 64;

    private readonly int length;
    private readonly int tilesInPart;

    /// <param name="count">All elements; at least <see cref="ElementwiseFit.FewestElements"/>.</param>
    /// <param name="row">0, or the rows whose sums are needed; all elements for one sum.</param>
    /// <param name="wanted">About how long a tile should be; a multiple of <see cref="SumKernel.Block"/>.</param>
    public TileShape(int count, int row, int wanted)
    {
        Count = count;
        Row = row;
        Parts = IsSum ? SumOperation.PartsOf(count) : 1;
        Part = (count + Parts - 1) / Parts;
        length = row == 0 || IsSum ? wanted : row * Math.Max(1, wanted / row);
        tilesInPart = TilesOf(Part);
    }

    /// <summary>All elements.</summary>
    public int Count { get; }

    /// <summary>Elements of a summed row; 0 for none.</summary>
    public int Row { get; }

    /// <summary>Parts that the sum of all elements is added from.</summary>
    public int Parts { get; }

    /// <summary>Elements of a part; the last may have fewer.</summary>
    public int Part { get; }

    /// <summary>The most elements of a tile.</summary>
    public int Longest => Math.Min(Count, length + LongestRest);

    /// <summary>The number of tiles, of which some may be empty.</summary>
    public int Tiles => Parts * tilesInPart;

    /// <summary>Whether all elements are summed to one number.</summary>
    public bool IsSum => Row == Count;

    /// <summary>Blocks of a part's sum.</summary>
    public int BlocksInPart => (Part + SumKernel.Block - 1) / SumKernel.Block;

    /// <summary>Elements of one part.</summary>
    public int PartLength(int part) => Math.Min(Part, Count - (part * Part));

    /// <summary>A tile: where it begins, how many elements it has, and the number of its first block of sums.</summary>
    public (int Start, int Count, int Block) this[int tile]
    {
        get
        {
            (int part, int place) = Math.DivRem(tile, tilesInPart);
            int all = PartLength(part), tiles = TilesOf(all);
            int from = Math.Min(all, place * length), to = place < tiles - 1 ? from + length : all;
            return ((part * Part) + from, place < tiles ? to - from : 0, (part * BlocksInPart) + (from / SumKernel.Block));
        }
    }

    private int TilesOf(int elements) => Math.Max(1, (elements - LongestRest + length - 1) / length);
}
