using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels.Products;

/// <summary>Products so small that they run at once, without threads and, where B's rows are contiguous, without copies.</summary>
internal static unsafe class SmallProduct
{
    /// <summary>Computes the product on the calling thread.</summary>
    public static void Run<T>(in Product<T> p)
        where T : unmanaged
    {
        if (p.BColumn == 1 || p.N == 1 || p.K == 0)
        {
            Tiles(p, p.B, p.BRow);
            return;
        }
        using Scratch<T> rows = Scratch<T>.Rent((nint)p.K * p.N);
        MatrixPacking.Copy(p.K, p.N, p.B, p.BRow, p.BColumn, rows.Pointer, p.N);
        Tiles(p, rows.Pointer, p.N);
    }

    private static void Tiles<T>(in Product<T> p, T* b, nint bRow)
        where T : unmanaged
    {
        TileSegment segment = default;
        TileCall call = new()
        {
            ARow = p.ARow * sizeof(T),
            AStep = p.AColumn * sizeof(T),
            BStep = bRow * sizeof(T),
            CRow = p.CRow * sizeof(T),
            Count = p.K,
            Segments = &segment,
            SegmentCount = p.K == 0 ? 0 : 1,
        };
        TileFeatures features = p.Features;
        for (int column = 0; column < p.N;)
        {
            int vectors = TilePanels.Next<T>(p.N - column);
            int columns = Math.Min(vectors * TileTable<T>.Lanes, p.N - column);
            call.A = (byte*)p.A;
            call.B = (byte*)(b + column);
            call.C = (byte*)(p.C + column);
            call.Bias = (byte*)(p.Epilogue.Bias + column);
            call.Mask = (byte*)(p.Epilogue.Mask + column);
            TilePanels.Run<T>(p.M, vectors, columns, features, ref call);
            column += columns;
        }
    }
}
