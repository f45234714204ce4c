using System.Numerics;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Tiles;

/// <summary>The fixed tiles of one element type in the widest vectors: of one to four vectors, whole or with a last one that is cut, and of
/// dots.</summary>
internal static unsafe class FixedTileTable<T>
    where T : unmanaged
{
    private const int Cut = 4;
    private const int Dots = 8;

    private static readonly nint[] Tiles = Create();

    /// <summary>The tile of so many vectors; it takes rows, rows in a group, what happens besides summing, and the call.</summary>
    public static delegate*<int, int, TileFeatures, TileCall*, void> Find(int vectors, bool isCut, TileFeatures features) =>
        (delegate*<int, int, TileFeatures, TileCall*, void>)
            Tiles[features.HasFlag(TileFeatures.Dots) ? Dots : vectors - 1 + (isCut ? Cut : 0)];

    private static nint[] Create()
    {
        nint[] tiles = new nint[Dots + 1];
        if (typeof(T) == typeof(float))
        {
            OfType<float>(tiles);
        }
        else
        {
            OfType<double>(tiles);
        }
        return tiles;
    }

    private static void OfType<TNumber>(nint[] tiles)
        where TNumber : unmanaged, IFloatingPointIeee754<TNumber>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            OfWidth<TNumber, Simd512<TNumber>, TileEdge.Partial512<Simd512<TNumber>>>(tiles);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            OfWidth<TNumber, Simd256<TNumber>, TileEdge.Partial256<Simd256<TNumber>>>(tiles);
        }
        else
        {
            OfWidth<TNumber, Simd128<TNumber>, TileEdge.Whole<Simd128<TNumber>>>(tiles);
        }
    }

    private static void OfWidth<TNumber, V, TPartial>(nint[] tiles)
        where TNumber : unmanaged
        where V : unmanaged, ISimd<V, TNumber>
        where TPartial : TileEdge.IEdge<V>
    {
        OfEdge<TNumber, V, TileEdge.Whole<V>>(tiles, 0);
        OfEdge<TNumber, V, TPartial>(tiles, Cut);
        tiles[Dots] = FourRows<TNumber, V, TileEdge.Whole<V>, TileColumns.One<V, TNumber, TileEdge.Whole<V>>, TileFactor.Lanes<V>>();
    }

    private static void OfEdge<TNumber, V, TEdge>(nint[] tiles, int first)
        where TNumber : unmanaged
        where V : unmanaged, ISimd<V, TNumber>
        where TEdge : TileEdge.IEdge<V>
    {
        tiles[first] = FourRows<TNumber, V, TEdge, TileColumns.One<V, TNumber, TEdge>, TileFactor.Value<V, TNumber>>();
        tiles[first + 1] = FixedTile.HasManyRegisters
            ? FourRows<TNumber, V, TEdge, TileColumns.Two<V, TNumber, TEdge>, TileFactor.Value<V, TNumber>>()
            : Pointer<TNumber, V, TEdge, TileColumns.Two<V, TNumber, TEdge>,
                TileRows.Two<TileColumns.Two<V, TNumber, TEdge>, V, TileFactor.Value<V, TNumber>>>();
        tiles[first + 2] = FourRows<TNumber, V, TEdge, TileColumns.Three<V, TNumber, TEdge>, TileFactor.Value<V, TNumber>>();
        tiles[first + 3] = Pointer<TNumber, V, TEdge, TileColumns.Four<V, TNumber, TEdge>,
            TileRows.One<TileColumns.Four<V, TNumber, TEdge>, V, TileFactor.Value<V, TNumber>>>();
    }

    private static nint FourRows<TNumber, V, TEdge, TColumns, TFactor>()
        where TNumber : unmanaged
        where V : unmanaged, ISimd<V, TNumber>
        where TEdge : TileEdge.IEdge<V>
        where TColumns : unmanaged, TileColumns.IColumns<TColumns, V>
        where TFactor : TileFactor.IFactor<V> =>
        Pointer<TNumber, V, TEdge, TColumns, TileRows.Four<TColumns, V, TFactor>>();

    private static nint Pointer<TNumber, V, TEdge, TColumns, TRows>()
        where TNumber : unmanaged
        where V : unmanaged, ISimd<V, TNumber>
        where TEdge : TileEdge.IEdge<V>
        where TColumns : unmanaged, TileColumns.IColumns<TColumns, V>
        where TRows : unmanaged, TileRows.IRows<TRows, TColumns, V>
    {
        delegate*<int, int, TileFeatures, TileCall*, void> tile = &FixedTileLoop<TNumber, V, TEdge, TColumns, TRows>.Run;
        return (nint)tile;
    }
}
