using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Pyrite.Kernels;

/// <summary>Solves triangular systems in place: blocks of rows by substitution, the rest by matrix products.</summary>
internal static unsafe class TriangularKernel
{
    private const int Block = 16;
    private const int FewColumns = 8;

    /// <summary>B := A⁻¹·B for a triangular A with any strides; only its triangle is read.</summary>
    /// <param name="n">Rows and columns of A, rows of B.</param>
    /// <param name="m">Columns of B.</param>
    /// <param name="a">The triangular matrix.</param>
    /// <param name="row">Distance of its rows.</param>
    /// <param name="column">Distance of its columns.</param>
    /// <param name="isLower">Whether it is lower triangular.</param>
    /// <param name="isUnit">Whether its diagonal counts as ones.</param>
    /// <param name="b">Row-major n x m.</param>
    /// <param name="stride">Distance of the rows of B.</param>
    public static void Solve<T>(int n, int m, T* a, nint row, nint column, bool isLower, bool isUnit, T* b, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (m == 1 && column == 1 && isLower && stride == 1)
        {
            SolveVector(n, a, row, isUnit, b);
            return;
        }
        if (m < FewColumns)
        {
            Substitute(0, n, m, n, a, row, column, isLower, isUnit, b, stride);
            return;
        }
        using Scratch<T> negated = Scratch<T>.Rent(Block * (nint)n);
        for (int done = 0; done < n; done += Block)
        {
            int rows = Math.Min(Block, n - done);
            int first = isLower ? done : n - done - rows;
            int solved = isLower ? 0 : first + rows;
            if (done > 0)
            {
                for (int i = 0; i < rows; i++)
                {
                    for (int k = 0; k < done; k++)
                    {
                        negated.Pointer[(i * (nint)done) + k] = -a[((first + i) * row) + ((solved + k) * column)];
                    }
                }
                MatrixKernel.Multiply(rows, m, done, negated.Pointer, done, 1, b + (solved * stride), stride, 1, b + (first * stride), stride, true, default);
            }
            Substitute(first, rows, m, n, a, row, column, isLower, isUnit, b, stride);
        }
    }

    /// <summary>Substitution within a block of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Substitute<T>(int first, int rows, int m, int n, T* a, nint row, nint column, bool isLower, bool isUnit, T* b, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int step = 0; step < rows; step++)
        {
            int i = isLower ? first + step : first + rows - 1 - step;
            Span<T> target = new(b + (i * stride), m);
            int from = isLower ? first : i + 1;
            int to = isLower ? i : first + rows;
            for (int k = from; k < to; k++)
            {
                TensorPrimitives.MultiplyAdd(new ReadOnlySpan<T>(b + (k * stride), m), -a[(i * row) + (k * column)], target, target);
            }
            if (!isUnit)
            {
                TensorPrimitives.Divide(target, a[(i * row) + (i * column)], target);
            }
        }
    }

    private static void SolveVector<T>(int n, T* a, nint row, bool isUnit, T* b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            T sum = i == 0 ? T.Zero : TensorPrimitives.Dot(new ReadOnlySpan<T>(a + (i * row), i), new ReadOnlySpan<T>(b, i));
            b[i] = isUnit ? b[i] - sum : (b[i] - sum) / a[(i * row) + i];
        }
    }
}
