using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Tiles;

/// <summary>Cuts a product into panels of columns, and a panel into tiles of rows.</summary>
internal static unsafe class TilePanels
{
    /// <summary>Vectors of the next panel when so many columns remain: two at a time, three at the end of an odd number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Next<T>(int columns)
        where T : unmanaged
    {
        int vectors = (columns + TileTable<T>.Lanes - 1) / TileTable<T>.Lanes;
        return vectors is 1 or 3 ? vectors : 2;
    }

    /// <summary>Runs one panel over any number of rows, in tiles of nearly equal height; A, C and mask start at the panel's first row.</summary>
    public static void Run<T>(int rows, int vectors, int columns, TileFeatures features, ref TileCall call)
        where T : unmanaged
    {
        int most = TileTable<T>.RowsFor(vectors);
        if (rows <= most)
        {
            TileTable<T>.Run(rows, columns, 0, features, ref call);
            return;
        }
        int tiles = (rows + most - 1) / most;
        byte* a = call.A;
        byte* c = call.C;
        byte* mask = call.Mask;
        for (int tile = 0; tile < tiles; tile++)
        {
            int first = FirstRow<T>(rows, vectors, tile, tiles);
            int height = FirstRow<T>(rows, vectors, tile + 1, tiles) - first;
            call.A = a + (first * call.ARow);
            call.C = c + (first * call.CRow);
            call.Mask = mask + (first * call.CRow);
            TileTable<T>.Run(height, columns, 0, features, ref call);
        }
        call.A = a;
        call.C = c;
        call.Mask = mask;
    }

    /// <summary>The first row of a tile when rows are cut into so many tiles of nearly equal height.</summary>
    public static int FirstRow<T>(int rows, int vectors, int tile, int tiles)
        where T : unmanaged
    {
        int unit = TileTable<T>.RowUnit(vectors);
        return Math.Min((int)((long)((rows + unit - 1) / unit) * tile / tiles) * unit, rows);
    }
}
