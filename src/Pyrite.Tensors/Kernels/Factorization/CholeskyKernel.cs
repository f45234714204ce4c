using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Copies;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Products;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Factorization;

/// <summary>Cholesky factors in place, by blocks: factor the corner, solve the panel below it, update the rest by matrix products.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 4.2.6. Only the lower triangle is read, and of what lies above only parts of blocks on the
/// diagonal are written.</remarks>
internal static unsafe class CholeskyKernel
{
    private const int SmallSize = 63;
    private const int SmallBlock = 16;
    private const int MediumSize = 256;
    private const int MediumBlock = 32;

    /// <summary>Columns of a step of larger matrices: bench `cholesky`.</summary>
    private const int LargeBlock = 96;

    private const int NarrowColumns = 16;
    private const int WideColumns = 32;

    /// <summary>Replaces the lower triangle by the factor; gives the first pivot that is not positive, or -1.</summary>
    public static int Factor<T>(int n, T* a, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n <= SmallCholesky.MaxSize)
        {
            return SmallCholesky.Factor(n, a, a, stride);
        }
        if (n > MediumSize)
        {
            return FactorLarge(n, a, stride);
        }
        (int block, int columnBlock) = n <= SmallSize ? (SmallBlock, WideColumns) : (MediumBlock, NarrowColumns);
        using Scratch<T> columns = Scratch<T>.Rent((nint)block * n);
        using Scratch<T> rows = Scratch<T>.Rent((nint)block * n);
        for (int start = 0; start < n; start += block)
        {
            int width = Math.Min(block, n - start);
            int below = n - start - width;
            T* corner = a + (start * stride) + start;
            int failed = Factor(width, corner, stride);
            if (failed >= 0)
            {
                return start + failed;
            }
            if (below == 0)
            {
                break;
            }
            T* panel = corner + (width * stride);
            BlockTranspose.Run(below, width, panel, stride, columns.Pointer, below);
            TriangularKernel.Solve(width, below, corner, stride, 1, true, false, columns.Pointer, below);
            BlockTranspose.Run(width, below, columns.Pointer, below, rows.Pointer, width);
            MatrixPacking.Copy(below, width, rows.Pointer, width, 1, panel, stride);
            Span<T> solved = new(columns.Pointer, width * below);
            TensorPrimitives.Negate(solved, solved);
            Update(below, width, columnBlock, rows.Pointer, columns.Pointer, panel + width, stride);
        }
        return -1;
    }

    private static int FactorLarge<T>(int n, T* a, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using LargeCholesky<T> steps = new(LargeBlock, n);
        for (int start = 0; start < n; start += LargeBlock)
        {
            int width = Math.Min(LargeBlock, n - start);
            T* corner = a + (start * (stride + 1));
            int failed = Factor(width, corner, stride);
            if (failed >= 0)
            {
                return start + failed;
            }
            if (start + width < n)
            {
                steps.Run(width, n - start - width, corner, stride);
            }
        }
        return -1;
    }

    /// <summary>The lower triangle of rest += rows · columns; columns is -rowsᵀ.</summary>
    private static void Update<T>(int n, int width, int columnBlock, T* rows, T* columns, T* rest, nint stride)
        where T : unmanaged
    {
        UpdateBody<T> body = new(n, width, columnBlock, rows, columns, rest, stride);
        if ((long)n * n * width / 2 >= BlockedProduct.ParallelWork)
        {
            WorkerPool.For(body.Count, ref body);
            return;
        }
        for (int i = 0; i < body.Count; i++)
        {
            body.Run(i);
        }
    }

    /// <summary>Some columns from the diagonal down; the longest come first.</summary>
    private readonly struct UpdateBody<T>(int n, int width, int columnBlock, T* rows, T* columns, T* rest, nint stride) : IParallelBody
        where T : unmanaged
    {
        public int Count => (n + columnBlock - 1) / columnBlock;

        public void Run(int index)
        {
            int first = index * columnBlock;
            int count = Math.Min(columnBlock, n - first);
            MatrixKernel.Multiply(
                n - first, count, width, rows + ((nint)first * width), width, 1, columns + first, n, 1, rest + (first * (stride + 1)), stride, true,
                    default);
        }
    }
}
