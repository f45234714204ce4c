using System.Numerics;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Copies;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Factorization;

/// <summary>Triangular systems whose many right-hand sides are the rows of a matrix: solutions, or only the squares of their lengths.</summary>
/// <remarks>Rows are turned into the columns of a panel, so that each lane of a vector works for one row; a row's bits depend on that row
/// alone.</remarks>
internal static unsafe class TriangularRows
{
    private const int PanelsOfPiece = 8;

    /// <summary>Overwrites each row x of <paramref name="rows"/> with A⁻¹·x.</summary>
    /// <param name="n">The length of a row.</param>
    /// <param name="triangle">n x n, row-major.</param>
    /// <param name="transpose">Whether to solve with the transposed triangle.</param>
    /// <param name="isLower">Whether the system that is solved is lower triangular.</param>
    /// <param name="rows">Any number of rows.</param>
    public static void Solve<T>(int n, ReadOnlySpan<T> triangle, bool transpose, bool isLower, Span<T> rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* a = triangle, x = rows)
        {
            Run(n, a, transpose, isLower, rows.Length / n, x, null, x, null);
        }
    }

    /// <summary>Writes |A⁻¹·(x - shift)|² for each row x.</summary>
    /// <param name="n">The length of a row.</param>
    /// <param name="triangle">n x n, row-major, lower triangular.</param>
    /// <param name="rows">Any number of rows.</param>
    /// <param name="shift">What is taken off each row.</param>
    /// <param name="squares">One number per row.</param>
    public static void SquaredLengths<T>(int n, ReadOnlySpan<T> triangle, ReadOnlySpan<T> rows, ReadOnlySpan<T> shift, Span<T> squares)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* a = triangle, x = rows, s = shift, y = squares)
        {
            Run(n, a, false, true, squares.Length, x, s, null, y);
        }
    }

    private static void Run<T>(int n, T* a, bool transpose, bool isLower, int count, T* source, T* shift, T* solutions, T* squares)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n == 0 || count == 0)
        {
            new Span<T>(squares, squares == null ? 0 : count).Clear();
            return;
        }
        using Scratch<T> packed = Scratch<T>.Rent(TrianglePanel<T>.PackedLength(n));
        (nint row, nint column) = transpose ? ((nint)1, (nint)n) : (n, 1);
        TrianglePanel<T>.Pack(n, a, row, column, isLower, false, packed.Pointer);
        Body<T> body = new(n, count, isLower, packed.Pointer, source, shift, solutions, squares);
        WorkerPool.For((count + body.RowsOfPiece - 1) / body.RowsOfPiece, ref body);
    }

    private readonly struct Body<T>(int n, int count, bool isLower, T* packed, T* source, T* shift, T* solutions, T* squares) : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int RowsOfPiece => PanelsOfPiece * TrianglePanel<T>.MostColumns;

        public void Run(int index)
        {
            int end = Math.Min(count, (index + 1) * RowsOfPiece);
            using Scratch<T> panel = Scratch<T>.Rent((nint)n * TrianglePanel<T>.MostColumns);
            for (int first = index * RowsOfPiece; first < end; first += TrianglePanel<T>.MostColumns)
            {
                RunPanel(panel.Pointer, first, Math.Min(TrianglePanel<T>.MostColumns, end - first));
            }
        }

        private void RunPanel(T* panel, int first, int rows)
        {
            int width = TrianglePanel<T>.WidthFor(rows);
            if (width != rows)
            {
                new Span<T>(panel, n * width).Clear();
            }
            T* top = isLower ? panel : panel + ((nint)(n - 1) * width);
            nint stride = isLower ? width : -width;
            BlockTranspose.Run(rows, n, source + ((nint)first * n), n, top, stride);
            if (shift != null)
            {
                Shift(panel, width);
            }
            TrianglePanel<T>.Solve(n, width, packed, panel);
            if (solutions != null)
            {
                BlockTranspose.Run(n, rows, top, stride, solutions + ((nint)first * n), n);
            }
            else
            {
                Square(panel, width, squares + first, rows);
            }
        }

        private void Shift(T* panel, int width)
        {
            for (nint i = 0; i < n; i++)
            {
                Vector512<T> offset = Vector512.Create(shift[i]);
                for (nint j = i * width; j < (i + 1) * width; j += Vector512<T>.Count)
                {
                    (Vector512.Load(panel + j) - offset).Store(panel + j);
                }
            }
        }

        private void Square(T* panel, int width, T* target, int rows)
        {
            for (int j = 0; j < rows; j += Vector512<T>.Count)
            {
                Vector512<T> sum = Vector512<T>.Zero;
                for (nint i = 0; i < n; i++)
                {
                    Vector512<T> x = Vector512.Load(panel + (i * width) + j);
                    sum += x * x;
                }
                sum.Store(panel + j);
            }
            new ReadOnlySpan<T>(panel, rows).CopyTo(new Span<T>(target, rows));
        }
    }
}
