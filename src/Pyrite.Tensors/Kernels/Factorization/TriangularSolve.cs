using System.Numerics;

namespace Pyrite.Kernels.Factorization;

/// <summary>Triangular systems held in spans: finds pointers and strides for <see cref="TriangularKernel"/>.</summary>
internal static unsafe class TriangularSolve
{
    /// <summary>Overwrites the right-hand sides, n x m, with the solutions.</summary>
    /// <param name="n">Rows of the triangle.</param>
    /// <param name="m">Right-hand sides.</param>
    /// <param name="triangle">n x n, row-major.</param>
    /// <param name="transpose">Whether to solve with the transposed triangle.</param>
    /// <param name="isLower">Whether the system that is solved is lower triangular.</param>
    /// <param name="isUnit">Whether the diagonal counts as ones.</param>
    /// <param name="right">n x m, row-major.</param>
    public static void Run<T>(int n, int m, ReadOnlySpan<T> triangle, bool transpose, bool isLower, bool isUnit, Span<T> right)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (nint row, nint column) = transpose ? ((nint)1, (nint)n) : (n, 1);
        fixed (T* a = triangle, b = right)
        {
            TriangularKernel.Solve(n, m, a, row, column, isLower, isUnit, b, m);
        }
    }
}
