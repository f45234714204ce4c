using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Tiles;

/// <summary>Arguments of one register tile; every distance is in bytes.</summary>
/// <remarks>
/// A tile computes C[i, j] (+)= Σ over segments s, Σ over k below Count of
/// A[s.A + row(i) + k·AStep] · B[s.B + k·BStep + j], where row(i) = i·ARow, or (i / g)·AGroup + (i mod g)·ARow for tiles whose rows come
/// in groups of g; rows of C, and of the mask, lie alike at CRow and CGroup. The order of summation is that of the formula for every tile size, so
/// splitting C differently never changes a bit.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TileCall
{
    public byte* A;
    public byte* B;
    public byte* C;
    public nint ARow;
    public nint AGroup;
    public nint AStep;
    public nint BStep;
    public nint CRow;
    public nint CGroup;
    public nint Count;
    public TileSegment* Segments;
    public nint SegmentCount;
    public byte* Bias;
    public byte* Mask;
    public byte* LastColumns;

    /// <summary>The same tile without its first columns.</summary>
    /// <param name="bytes">What the columns left out take in a row.</param>
    public readonly TileCall FromColumn(nint bytes) => this with { B = B + bytes, C = C + bytes, Bias = Bias + bytes, Mask = Mask + bytes };

    /// <summary>The same tile without its first rows.</summary>
    /// <param name="row">The row it begins with.</param>
    /// <param name="group">Rows in a group.</param>
    public readonly TileCall FromRow(int row, int group)
    {
        nint result = (row / group * CGroup) + (row % group * CRow);
        return this with { A = A + (row / group * AGroup) + (row % group * ARow), C = C + result, Mask = Mask + result };
    }
}

/// <summary>Where one segment of a tile's sum starts in A and B, in bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TileSegment(nint A, nint B);
