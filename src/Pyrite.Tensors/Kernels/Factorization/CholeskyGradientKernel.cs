using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Copies;
using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Factorization;

/// <summary>From the gradient of a Cholesky factor that of its symmetric matrix, in place and by halves: products and triangular systems in the
/// reverse order of the factorization.</summary>
/// <remarks>
/// Murray, "Differentiation of the Cholesky decomposition" (2016), equations of section 3.2 for two blocks: with the factor [D 0; C E] and S the
/// doubled symmetric gradient of the lower right corner, C̄ := (C̄ - S·C)·D⁻¹ and D̄ := D̄ - C̄ᵀ·C. About 5/6 n³ multiply-adds, most of them in
/// products.
/// </remarks>
internal static unsafe class CholeskyGradientKernel
{
    private const int Block = SmallCholesky.MaxSize;

    /// <summary>Replaces the lower triangle of g, the gradient of the factor, by the whole symmetric gradient of the matrix.</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="factor">The factor, row-major n x n; its lower triangle is read.</param>
    /// <param name="g">Row-major n x n; what stands above the diagonal does not matter.</param>
    public static void Run<T>(int n, ReadOnlySpan<T> factor, Span<T> g)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* l = factor, gradient = g)
        {
            Reverse(n, l, gradient, n);
        }
        TensorPrimitives.Multiply(g, T.CreateChecked(0.5), g);
    }

    /// <summary>Gives twice the symmetric gradient.</summary>
    private static void Reverse<T>(int n, T* factor, T* g, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n <= Block)
        {
            SmallCholeskyGradient.Run(n, factor, g, stride);
            return;
        }
        int top = ((n / 2) + Block - 1) / Block * Block, below = n - top;
        T* c = factor + (top * stride);
        T* lowerLeft = g + (top * stride);
        T* upperRight = g + top;
        Reverse(below, c + top, lowerLeft + top, stride);

        // The upper right holds -C̄ᵀ on the way, whose rows are right-hand sides as they stand.
        BlockTranspose.Run(below, top, lowerLeft, stride, upperRight, stride);
        Negate(top, below, upperRight, stride);
        MatrixKernel.Multiply(top, below, below, c, 1, stride, lowerLeft + top, stride, 1, upperRight, stride, true, default);
        TriangularKernel.Solve(top, below, factor, 1, stride, false, false, upperRight, stride);
        AddLower(top, below, upperRight, c, g, stride);
        Negate(top, below, upperRight, stride);
        BlockTranspose.Run(top, below, upperRight, stride, lowerLeft, stride);
        Reverse(top, factor, g, stride);
    }

    /// <summary>The lower triangle, and a part of what is above, of target += left · right.</summary>
    private static void AddLower<T>(int n, int inner, T* left, T* right, T* target, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n <= 2 * Block)
        {
            MatrixKernel.Multiply(n, n, inner, left, stride, 1, right, stride, 1, target, stride, true, default);
            return;
        }
        int top = ((n / 2) + Block - 1) / Block * Block;
        AddLower(top, inner, left, right, target, stride);
        MatrixKernel.Multiply(n - top, top, inner, left + (top * stride), stride, 1, right, stride, 1, target + (top * stride), stride, true,
            default);
        AddLower(n - top, inner, left + (top * stride), right + top, target + (top * (stride + 1)), stride);
    }

    private static void Negate<T>(int rows, int columns, T* values, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < rows; i++)
        {
            Span<T> row = new(values + (i * stride), columns);
            TensorPrimitives.Negate(row, row);
        }
    }
}
