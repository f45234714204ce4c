using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Factorization;

/// <summary>Solves triangular systems in place: blocks of rows by substitution, the rest by matrix products.</summary>
internal static unsafe class TriangularKernel
{
    private const int Block = 16;
    private const int FewColumns = 8;
    private const int LargestBlocks = 64;

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
        if (m == 1 && row == 1 && !isLower && stride == 1)
        {
            SolveTransposedVector(n, a, column, isUnit, b);
            return;
        }
        if (m < FewColumns)
        {
            Substitute(0, n, m, n, a, row, column, isLower, isUnit, b, stride);
            return;
        }
        if (n > LargestBlocks)
        {
            SolveHalves(n, m, a, row, column, isLower, isUnit, b, stride);
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
                Negate(rows, done, a + (first * row) + (solved * column), row, column, negated.Pointer);
                MatrixKernel.Multiply(rows, m, done, negated.Pointer, done, 1, b + (solved * stride), stride, 1, b + (first * stride), stride, true,
                    default);
            }
            Substitute(first, rows, m, n, a, row, column, isLower, isUnit, b, stride);
        }
    }

    /// <summary>One half of the rows, then the other half with what the first half contributes taken away by one product.</summary>
    private static void SolveHalves<T>(int n, int m, T* a, nint row, nint column, bool isLower, bool isUnit, T* b, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int top = ((n / 2) + Block - 1) / Block * Block;
        (int first, int firstRows, int second, int secondRows) = isLower ? (0, top, top, n - top) : (top, n - top, 0, top);
        Solve(firstRows, m, a + (first * (row + column)), row, column, isLower, isUnit, b + (first * stride), stride);
        using (Scratch<T> negated = Scratch<T>.Rent((nint)firstRows * secondRows))
        {
            Negate(secondRows, firstRows, a + (second * row) + (first * column), row, column, negated.Pointer);
            MatrixKernel.Multiply(
                secondRows, m, firstRows, negated.Pointer, firstRows, 1, b + (first * stride), stride, 1, b + (second * stride), stride, true,
                    default);
        }
        Solve(secondRows, m, a + (second * (row + column)), row, column, isLower, isUnit, b + (second * stride), stride);
    }

    /// <summary>target := -source, row-major.</summary>
    private static void Negate<T>(int rows, int columns, T* source, nint row, nint column, T* target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MatrixPacking.Copy(rows, columns, source, row, column, target, columns);
        Span<T> values = new(target, rows * columns);
        TensorPrimitives.Negate(values, values);
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
            int k = from;
            for (; k <= to - 4; k += 4)
            {
                T* factors = a + (i * row) + (k * column);
                SubtractFour(m, b + (k * stride), stride, factors[0], factors[column], factors[2 * column], factors[3 * column], b + (i * stride));
            }
            for (; k < to; k++)
            {
                TensorPrimitives.MultiplyAdd(new ReadOnlySpan<T>(b + (k * stride), m), -a[(i * row) + (k * column)], target, target);
            }
            if (!isUnit)
            {
                TensorPrimitives.Divide(target, a[(i * row) + (i * column)], target);
            }
        }
    }

    /// <summary>target -= Σ factorₖ · rowₖ over four rows, so that the target is loaded and stored once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractFour<T>(int m, T* rows, nint stride, T f0, T f1, T f2, T f3, T* target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* r0 = rows;
        T* r1 = rows + stride;
        T* r2 = rows + (2 * stride);
        T* r3 = rows + (3 * stride);
        int j = 0;
        for (; j <= m - Vector512<T>.Count; j += Vector512<T>.Count)
        {
            Vector512<T> sum = (Vector512.Load(r0 + j) * f0) + (Vector512.Load(r1 + j) * f1);
            sum += (Vector512.Load(r2 + j) * f2) + (Vector512.Load(r3 + j) * f3);
            (Vector512.Load(target + j) - sum).Store(target + j);
        }
        for (; j < m; j++)
        {
            target[j] -= ((r0[j] * f0) + (r1[j] * f1)) + ((r2[j] * f2) + (r3[j] * f3));
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

    /// <summary>Lᵀ x = b for a row-major lower triangle: each number found is taken away from those before it, along a row of L.</summary>
    private static void SolveTransposedVector<T>(int n, T* a, nint rowOfLower, bool isUnit, T* b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = n - 1; i >= 0; i--)
        {
            T* row = a + (i * rowOfLower);
            b[i] = isUnit ? b[i] : b[i] / row[i];
            Span<T> before = new(b, i);
            TensorPrimitives.MultiplyAdd(new ReadOnlySpan<T>(row, i), -b[i], before, before);
        }
    }
}
