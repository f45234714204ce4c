using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Factorization;

/// <summary>Cholesky factors of matrices of up to 16 rows, whole rows at a time.</summary>
/// <remarks>A symmetric copy is eliminated row by row; its scaled pivot rows are those of Lᵀ.</remarks>
internal static unsafe class SmallCholesky
{
    /// <summary>The largest size.</summary>
    public const int MaxSize = 16;

    /// <summary>Writes the lower triangular factor; gives the first pivot that is not positive (then found on the diagonal), or -1.</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="source">The matrix; its lower triangle is read.</param>
    /// <param name="target">The factor, its upper triangle untouched; may be the matrix.</param>
    /// <param name="stride">Distance of the rows of both.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Factor<T>(int n, T* source, T* target, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* rows = stackalloc T[MaxSize * MaxSize];
        bool isNarrow = n <= Vector512<T>.Count;
        int padded = isNarrow ? Vector512<T>.Count : MaxSize;
        for (int i = 0; i < n; i++)
        {
            T* line = source + (i * stride);
            for (int j = 0; j <= i; j++)
            {
                rows[(i * MaxSize) + j] = line[j];
                rows[(j * MaxSize) + i] = line[j];
            }
            for (int j = n; j < padded; j++)
            {
                rows[(i * MaxSize) + j] = T.Zero;
            }
        }
        for (int j = 0; j < n; j++)
        {
            T pivot = rows[j * (MaxSize + 1)];
            if (!(pivot > T.Zero) || !T.IsFinite(pivot))
            {
                target[(j * stride) + j] = pivot;
                return j;
            }
            T root = T.Sqrt(pivot);
            if (isNarrow)
            {
                EliminateNarrow(n, j, rows, T.One / root);
            }
            else
            {
                EliminateWide(n, j, rows, T.One / root);
            }
            rows[j * (MaxSize + 1)] = root;
        }
        for (int i = 0; i < n; i++)
        {
            T* line = target + (i * stride);
            for (int j = 0; j <= i; j++)
            {
                line[j] = rows[(j * MaxSize) + i];
            }
        }
        return -1;
    }

    /// <summary>Scales the pivot row and subtracts its multiples; a row fits one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EliminateNarrow<T>(int n, int j, T* rows, T inverse)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* pivotRow = rows + (j * MaxSize);
        Vector512<T> scaled = Vector512.Load(pivotRow) * inverse;
        scaled.Store(pivotRow);
        for (int i = j + 1; i < n; i++)
        {
            T* row = rows + (i * MaxSize);
            (Vector512.Load(row) - (scaled * pivotRow[i])).Store(row);
        }
    }

    /// <summary>The same with rows of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EliminateWide<T>(int n, int j, T* rows, T inverse)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector512<T>.Count;
        T* pivotRow = rows + (j * MaxSize);
        Vector512<T> first = Vector512.Load(pivotRow) * inverse;
        Vector512<T> second = Vector512.Load(pivotRow + width) * inverse;
        first.Store(pivotRow);
        second.Store(pivotRow + width);
        for (int i = j + 1; i < n; i++)
        {
            T* row = rows + (i * MaxSize);
            T factor = pivotRow[i];
            (Vector512.Load(row) - (first * factor)).Store(row);
            (Vector512.Load(row + width) - (second * factor)).Store(row + width);
        }
    }
}
