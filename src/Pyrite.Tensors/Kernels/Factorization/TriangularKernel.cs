using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Pyrite.Kernels;

/// <summary>Solves triangular systems in place: few right-hand sides by substitution, many in panels, large systems by halves and products.</summary>
internal static unsafe class TriangularKernel
{
    private const int FewColumns = 8;
    private const int LargestPanel = 128;
    private const int RowGroup = 16;
    private const long ParallelWork = 1 << 20;

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
            Substitute(m, n, a, row, column, isLower, isUnit, b, stride);
            return;
        }
        if (n > LargestPanel)
        {
            SolveHalves(n, m, a, row, column, isLower, isUnit, b, stride);
            return;
        }
        using Scratch<T> packed = Scratch<T>.Rent(TrianglePanel<T>.PackedLength(n));
        TrianglePanel<T>.Pack(n, a, row, column, isLower, isUnit, packed.Pointer);
        PanelBody<T> body = new(n, m, packed.Pointer, isLower ? b : b + ((n - 1) * stride), isLower ? stride : -stride);
        int panels = (m + TrianglePanel<T>.MostColumns - 1) / TrianglePanel<T>.MostColumns;
        if ((long)n * n * m >= ParallelWork)
        {
            WorkerPool.For(panels, ref body);
            return;
        }
        for (int panel = 0; panel < panels; panel++)
        {
            body.Run(panel);
        }
    }

    /// <summary>One half of the rows, then the other half with what the first half contributes taken away by one product.</summary>
    private static void SolveHalves<T>(int n, int m, T* a, nint row, nint column, bool isLower, bool isUnit, T* b, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int top = ((n / 2) + RowGroup - 1) / RowGroup * RowGroup;
        (int first, int firstRows, int second, int secondRows) = isLower ? (0, top, top, n - top) : (top, n - top, 0, top);
        Solve(firstRows, m, a + (first * (row + column)), row, column, isLower, isUnit, b + (first * stride), stride);
        using (Scratch<T> negated = Scratch<T>.Rent((nint)firstRows * secondRows))
        {
            MatrixPacking.Copy(secondRows, firstRows, a + (second * row) + (first * column), row, column, negated.Pointer, firstRows);
            Span<T> values = new(negated.Pointer, secondRows * firstRows);
            TensorPrimitives.Negate(values, values);
            MatrixKernel.Multiply(
                secondRows, m, firstRows, negated.Pointer, firstRows, 1, b + (first * stride), stride, 1, b + (second * stride), stride, true, default);
        }
        Solve(secondRows, m, a + (second * (row + column)), row, column, isLower, isUnit, b + (second * stride), stride);
    }

    /// <summary>Substitution, row by row of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Substitute<T>(int m, int n, T* a, nint row, nint column, bool isLower, bool isUnit, T* b, nint stride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int step = 0; step < n; step++)
        {
            int i = isLower ? step : n - 1 - step;
            Span<T> target = new(b + (i * stride), m);
            for (int k = isLower ? 0 : i + 1; k < (isLower ? i : n); k++)
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

    /// <summary>Solves one panel of columns; the rows of B are visited in the order of the packed triangle.</summary>
    private readonly struct PanelBody<T>(int n, int m, T* packed, T* b, nint stride) : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int index)
        {
            int first = index * TrianglePanel<T>.MostColumns;
            int columns = Math.Min(TrianglePanel<T>.MostColumns, m - first);
            int width = TrianglePanel<T>.WidthFor(columns);
            using Scratch<T> panel = Scratch<T>.Rent((nint)n * width);
            if (width != columns)
            {
                new Span<T>(panel.Pointer, n * width).Clear();
            }
            MatrixPacking.Copy(n, columns, b + first, stride, 1, panel.Pointer, width);
            TrianglePanel<T>.Solve(n, width, packed, panel.Pointer);
            for (nint i = 0; i < n; i++)
            {
                MatrixPacking.CopyRun(panel.Pointer + (i * width), b + first + (i * stride), columns);
            }
        }
    }
}
