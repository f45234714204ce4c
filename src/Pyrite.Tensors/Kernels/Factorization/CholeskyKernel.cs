using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Pyrite.Kernels;

/// <summary>Cholesky factors in place, by blocks: factor the corner, solve the panel below it, update the rest by matrix products.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 4.2.6. Only the lower triangle is read and written.</remarks>
internal static unsafe class CholeskyKernel
{
    private const int MediumSize = 128;
    private const int MediumBlock = 16;
    private const int LargeBlock = 64;
    private const int ColumnBlock = 128;
    private const int Tile = 16;

    /// <summary>Replaces the lower triangle by the factor; gives the first pivot that is not positive, or -1.</summary>
    public static int Factor<T>(int n, T* a, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n <= SmallCholesky.MaxSize)
        {
            return SmallCholesky.Factor(n, a, a, stride);
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
            Transpose(rows, width, below, stride, panel.Pointer, rows);
            TriangularKernel.Solve(width, rows, corner, stride, 1, true, false, panel.Pointer, rows);
            Transpose(width, rows, panel.Pointer, rows, below, stride);
            Span<T> solved = new(panel.Pointer, width * rows);
            TensorPrimitives.Negate(solved, solved);
            for (int j = 0; j < rows; j += ColumnBlock)
            {
                int columns = Math.Min(ColumnBlock, rows - j);
                MatrixKernel.Multiply(
                    rows - j, columns, width, below + (j * stride), stride, 1, panel.Pointer + j, rows, 1, below + width + (j * stride) + j, stride, true, default);
            }
        }
        return -1;
    }

    /// <summary>columns := rowsᵀ, in tiles that stay in the first cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose<T>(int rows, int columns, T* source, nint sourceStride, T* target, nint targetStride)
        where T : unmanaged
    {
        for (int top = 0; top < rows; top += Tile)
        {
            int bottom = Math.Min(rows, top + Tile);
            for (int j = 0; j < columns; j++)
            {
                T* column = target + (j * targetStride);
                for (int i = top; i < bottom; i++)
                {
                    column[i] = source[(i * sourceStride) + j];
                }
            }
        }
    }
}
