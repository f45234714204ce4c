using Pyrite.Kernels.Memory;

namespace Pyrite.Kernels.Products;

/// <summary>Products with very few columns whose A is contiguous along its rows: the transposed product fills whole vectors.</summary>
internal static unsafe class NarrowProduct
{
    private const int MaxColumns = 6;
    private const int MinRows = 64;

    /// <summary>Whether Cᵀ = Bᵀ·Aᵀ is the better way; the order of every sum is the same.</summary>
    public static bool Applies<T>(in Product<T> p)
        where T : unmanaged
        => p.N <= MaxColumns && p.M >= MinRows && p.ARow == 1 && p.AColumn != 1 && !SplitProduct.Applies(p);

    /// <summary>Computes Cᵀ in temporary memory and finishes it into C.</summary>
    public static void Run<T>(in Product<T> p)
        where T : unmanaged
    {
        using Scratch<T> transposed = Scratch<T>.Rent((nint)p.M * p.N);
        MatrixKernel.Multiply(
            p.N, p.M, p.K, p.B, p.BColumn, p.BRow, p.A, p.AColumn, p.ARow, transposed.Pointer, p.M, false, default(Epilogue<T>));
        ResultFinish.Run(p.M, p.N, transposed.Pointer, 1, p.M, p.C, p.CRow, 1, p.Accumulate, p.Epilogue);
    }
}
