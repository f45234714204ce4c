using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Copies;

namespace Pyrite.Kernels.Factorization;

/// <summary>Compares a matrix with its transpose, tile by tile.</summary>
internal static unsafe class SymmetryKernel
{
    private const int Tile = 16;

    /// <summary>Whether |a - b| ≤ tolerance (u + |a| + |b|) for all entries a and their mirror images b, with u = 1, or the largest
    /// size of an entry where that is less; false where one is NaN.</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="matrix">n x n, row-major.</param>
    /// <param name="tolerance">The share that may differ.</param>
    [SkipLocalsInit]
    public static bool IsSymmetric<T>(int n, ReadOnlySpan<T> matrix, T tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T unit = n == 0 ? T.One : T.Min(T.One, T.Abs(TensorPrimitives.MaxMagnitude(matrix)));
        T* mirror = stackalloc T[Tile * Tile];
        fixed (T* a = matrix)
        {
            for (int i = 0; i < n; i += Tile)
            {
                int rows = Math.Min(Tile, n - i);
                for (int j = 0; j <= i; j += Tile)
                {
                    int columns = Math.Min(Tile, n - j);
                    BlockTranspose.Run(columns, rows, a + ((nint)j * n) + i, n, mirror, Tile);
                    if (!IsNear(rows, columns, a + ((nint)i * n) + j, n, mirror, tolerance, unit))
                    {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsNear<T>(int rows, int columns, T* tile, nint stride, T* mirror, T tolerance, T unit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int whole = columns - (columns % Vector512<T>.Count);
        Vector512<T> units = Vector512.Create(unit);
        Vector512<T> near = Vector512<T>.AllBitsSet;
        bool isNear = true;
        for (int i = 0; i < rows; i++)
        {
            T* left = tile + (i * stride);
            T* right = mirror + (i * Tile);
            for (int j = 0; j < whole; j += Vector512<T>.Count)
            {
                Vector512<T> x = Vector512.Load(left + j), y = Vector512.Load(right + j);
                Vector512<T> allowed = (units + Vector512.Abs(x) + Vector512.Abs(y)) * tolerance;
                near &= Vector512.LessThanOrEqual(Vector512.Abs(x - y), allowed);
            }
            for (int j = whole; j < columns; j++)
            {
                isNear &= T.Abs(left[j] - right[j]) <= tolerance * (unit + T.Abs(left[j]) + T.Abs(right[j]));
            }
        }
        return isNear && Vector512.EqualsAll(near.AsByte(), Vector512<byte>.AllBitsSet);
    }
}
