using System.Numerics;

namespace Pyrite.Kernels;

/// <summary>Cholesky factors in place, by blocks: factor the corner, solve the panel below it, update the rest by matrix products.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 4.2.6. Only the lower triangle is read and written.</remarks>
internal static unsafe class CholeskyKernel
{
    private const int SmallSize = 16;
    private const int MediumSize = 128;
    private const int MediumBlock = 16;
    private const int LargeBlock = 64;
    private const int ColumnBlock = 128;

    /// <summary>Replaces the lower triangle by the factor; gives the first pivot that is not positive, or -1.</summary>
    public static int Factor<T>(int n, T* a, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n <= SmallSize)
        {
            return FactorSmall(n, a, stride);
        }
        int block = n <= MediumSize ? MediumBlock : LargeBlock;
        using Scratch<T> panel = Scratch<T>.Rent((nint)block * n);
        for (int start = 0; start < n; start += block)
        {
            int width = Math.Min(block, n - start);
            int rows = n - start - width;
            T* corner = a + (start * stride) + start;
            int failed = Factor(width, corner, stride);
            if (failed >= 0)
            {
                return start + failed;
            }
            T* below = corner + (width * stride);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < width; j++)
                {
                    panel.Pointer[((nint)j * rows) + i] = below[(i * stride) + j];
                }
            }
            TriangularKernel.Solve(width, rows, corner, stride, 1, true, false, panel.Pointer, rows);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < width; j++)
                {
                    T value = panel.Pointer[((nint)j * rows) + i];
                    below[(i * stride) + j] = value;
                    panel.Pointer[((nint)j * rows) + i] = -value;
                }
            }
            for (int j = 0; j < rows; j += ColumnBlock)
            {
                int columns = Math.Min(ColumnBlock, rows - j);
                MatrixKernel.Multiply(
                    rows - j, columns, width, below + (j * stride), stride, 1, panel.Pointer + j, rows, 1, below + width + (j * stride) + j, stride, true, default);
            }
        }
        return -1;
    }

    private static int FactorSmall<T>(int n, T* a, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < n; j++)
        {
            T* pivotRow = a + (j * stride);
            T pivot = pivotRow[j];
            for (int k = 0; k < j; k++)
            {
                pivot -= pivotRow[k] * pivotRow[k];
            }
            if (!(pivot > T.Zero) || !T.IsFinite(pivot))
            {
                pivotRow[j] = pivot;
                return j;
            }
            T root = T.Sqrt(pivot);
            T inverse = T.One / root;
            pivotRow[j] = root;
            for (int i = j + 1; i < n; i++)
            {
                T* row = a + (i * stride);
                T sum = row[j];
                for (int k = 0; k < j; k++)
                {
                    sum -= row[k] * pivotRow[k];
                }
                row[j] = sum * inverse;
            }
        }
        return -1;
    }
}
