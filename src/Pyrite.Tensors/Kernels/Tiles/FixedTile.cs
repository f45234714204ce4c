using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Pyrite.Kernels.Tiles;

/// <summary>Tiles of a few shapes that are compiled with the library, for programs that cannot compile while they run.</summary>
/// <remarks>
/// Rows come in twos or fours, which share the address they are found from; a tile has up to three such places, one of single vectors seven where
/// registers allow. Sums are made in the order of
/// <see cref="TileCall"/>, so where products are added with one rounding the bits are those of emitted tiles.
/// </remarks>
internal static unsafe class FixedTile
{
    /// <summary>Whether a tile of two vectors and twelve rows keeps its sums in registers.</summary>
    public static bool HasManyRegisters => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;

    /// <summary>Rows that a tile of so many vectors finds from one place.</summary>
    public static int RowsPerPlace(int vectors) => vectors switch
    {
        1 or 3 => 4,
        2 => HasManyRegisters ? 4 : 2,
        _ => 1,
    };

    /// <summary>The most places of a tile of so many vectors.</summary>
    public static int Places(int vectors) => vectors switch
    {
        1 => HasManyRegisters ? 7 : 3,
        2 => 3,
        3 => HasManyRegisters ? 2 : 1,
        _ => 1,
    };

    /// <summary>Computes a tile of any height.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C, at most <see cref="TileTable{T}.MaxVectors"/> vectors; the call has the last one's mask.</param>
    /// <param name="group">Rows in a group, or zero for evenly spaced rows.</param>
    /// <param name="features">What happens besides summing.</param>
    /// <param name="call">The tile.</param>
    public static void Run<T>(int rows, int columns, int group, TileFeatures features, TileCall* call)
        where T : unmanaged
    {
        int lanes = TileTable<T>.Lanes, vectors = (columns + lanes - 1) / lanes, beyond = columns - ((vectors - 1) * lanes);
        if (beyond < lanes && !Vector256.IsHardwareAccelerated)
        {
            RunWithoutMasks<T>(rows, columns, beyond, group, features, call);
            return;
        }
        delegate*<int, int, TileFeatures, TileCall*, void> tile = FixedTileTable<T>.Find(vectors, beyond < lanes, features);
        int perPlace = RowsPerPlace(vectors);
        bool isGrouped = group > 0 && group < rows, isShared = isGrouped && group <= perPlace;
        int unit = isShared ? group : perPlace, places = (rows + unit - 1) / unit, most = unit * Places(vectors);
        if (places is 4 or 5)
        {
            most = unit * Math.Min((places + 1) / 2, Places(vectors));
        }
        if (rows <= most && isGrouped == isShared)
        {
            tile(rows, isShared ? group : 0, features, call);
            return;
        }
        for (int row = 0; row < rows;)
        {
            int end = isGrouped && !isShared ? Math.Min(((row / group) + 1) * group, rows) : rows;
            int height = Math.Min(end - row, most);
            TileCall part = call->FromRow(row, isGrouped ? group : rows);
            tile(height, isShared ? group : 0, features, &part);
            row += height;
        }
    }

    /// <summary>Leaves the columns of a vector that is not full to the plain loop.</summary>
    private static void RunWithoutMasks<T>(int rows, int columns, int beyond, int group, TileFeatures features, TileCall* call)
        where T : unmanaged
    {
        int whole = columns - beyond;
        if (whole > 0)
        {
            Run<T>(rows, whole, group, features, call);
        }
        PlainTile.Run<T>(rows, beyond, group, features, call->FromColumn(whole * sizeof(T)));
    }
}
