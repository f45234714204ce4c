using Pyrite.Kernels.Tiles;

namespace Pyrite.Kernels.Products;

/// <summary>One matrix product: C = A·B or C += A·B, then the epilogue; strides count elements.</summary>
internal readonly unsafe struct Product<T>(
    int m, int n, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c, nint cRow, bool accumulate, in Epilogue<T> epilogue)
    where T : unmanaged
{
    public readonly int M = m;
    public readonly int N = n;
    public readonly int K = k;
    public readonly T* A = a;
    public readonly nint ARow = aRow;
    public readonly nint AColumn = aColumn;
    public readonly T* B = b;
    public readonly nint BRow = bRow;
    public readonly nint BColumn = bColumn;
    public readonly T* C = c;
    public readonly nint CRow = cRow;
    public readonly bool Accumulate = accumulate;
    public readonly Epilogue<T> Epilogue = epilogue;

    /// <summary>Multiply-adds.</summary>
    public long Work => (long)M * N * K;

    /// <summary>What a tile of C does when it holds the whole sum.</summary>
    public TileFeatures Features =>
        (Accumulate ? TileFeatures.Accumulate : 0)
        | (Epilogue.Bias != null ? TileFeatures.Bias : 0)
        | (Epilogue.Relu ? TileFeatures.Relu : 0)
        | (Epilogue.Mask != null ? TileFeatures.Mask : 0);

    /// <summary>The part of the sum from term <paramref name="first"/> on, written elsewhere and not finished.</summary>
    public Product<T> Terms(int first, int count, T* c) =>
        new(M, N, count, A + (first * AColumn), ARow, AColumn, B + (first * BRow), BRow, BColumn, c, N, false, default);
}
