using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Copies;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Products;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Factorization;

/// <summary>½ s (a aᵀ - (L Lᵀ)⁻¹) for a lower triangular L: what the log-density of a Gaussian vector gives its covariance.</summary>
/// <remarks>
/// Columns of the identity are solved forth and back, a panel of up to three vectors of columns at a time and from its first column on alone: 1/3 n³
/// multiply-adds. A panel stays in the first-level cache; below its diagonal block it is mirrored. Solved rows are kept with the opposite sign, so
/// that products add them; the second solution turns the sign back.
/// </remarks>
internal static unsafe class CovarianceGradientKernel
{
    private const int Block = 8;

    /// <summary>Writes the symmetric n x n matrix.</summary>
    /// <param name="factor">L, row-major; its lower triangle is read.</param>
    /// <param name="vector">a, n numbers.</param>
    /// <param name="scale">s.</param>
    /// <param name="target">n x n, row-major.</param>
    public static void Run<T>(ReadOnlySpan<T> factor, ReadOnlySpan<T> vector, T scale, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = vector.Length;
        if (n == 0)
        {
            return;
        }
        using Scratch<T> corners = Scratch<T>.Rent((nint)(n + Block) * (Block + 2));
        fixed (T* l = factor, a = vector, y = target)
        {
            Body<T> body = new(n, l, a, scale / T.CreateChecked(2), y, corners.Pointer);
            body.PackCorners();
            int panels = (n + TrianglePanel<T>.MostColumns - 1) / TrianglePanel<T>.MostColumns;
            if ((long)n * n * n >= BlockedProduct.ParallelWork)
            {
                WorkerPool.For(panels, ref body);
                return;
            }
            for (int i = 0; i < panels; i++)
            {
                body.Run(i);
            }
        }
    }

    /// <summary>One panel of columns; the longest come first.</summary>
    private readonly struct Body<T>(int n, T* l, T* a, T half, T* y, T* corners) : IParallelBody
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T* forth = corners + ((nint)(n + Block) * Block);
        private readonly T* back = corners + ((nint)(n + Block) * (Block + 1));

        /// <summary>Writes the transposed blocks on the diagonal with rows and columns in the opposite order, and -1 / Lᵢᵢ in the order of the rows
        /// and in that of those blocks.</summary>
        public void PackCorners()
        {
            for (int first = 0; first < n; first += Block)
            {
                int rows = Math.Min(Block, n - first), last = first + rows - 1;
                T* corner = corners + ((nint)first * Block);
                for (int i = 0; i < rows; i++)
                {
                    forth[first + i] = -T.One / l[(nint)(first + i) * (n + 1)];
                    for (int k = 0; k < i; k++)
                    {
                        corner[(i * Block) + k] = l[((nint)(last - k) * n) + last - i];
                    }
                }
                for (int i = 0; i < rows; i++)
                {
                    back[first + i] = forth[last - i];
                }
            }
        }

        public void Run(int index)
        {
            int start = index * TrianglePanel<T>.MostColumns, columns = Math.Min(TrianglePanel<T>.MostColumns, n - start);
            int width = TrianglePanel<T>.WidthFor(columns), rows = n - start;
            using Scratch<T> panel = Scratch<T>.Rent((nint)rows * width);
            panel.Elements(rows * width).Clear();
            for (int i = 0; i < columns; i++)
            {
                panel.Pointer[(i * width) + i] = T.One;
            }
            Forth(start, rows, width, panel.Pointer);
            Back(start, rows, width, panel.Pointer);
            Write(start, rows, columns, width, panel.Pointer);
        }

        private void Forth(int start, int rows, int width, T* panel)
        {
            T* triangle = l + ((nint)start * (n + 1));
            for (int first = 0; first < rows; first += Block)
            {
                int height = Math.Min(Block, rows - first);
                T* target = panel + ((nint)first * width);
                if (first > 0)
                {
                    SmallProduct.Run(
                        new Product<T>(height, width, first, triangle + ((nint)first * n), n, 1, panel, width, 1, target, width, true, default));
                }
                TrianglePanel<T>.Substitute(height, triangle + ((nint)first * (n + 1)), n, forth + start + first, target, width, width);
            }
        }

        private void Back(int start, int rows, int width, T* panel)
        {
            T* triangle = l + ((nint)start * (n + 1));
            for (int first = (rows - 1) / Block * Block; first >= 0; first -= Block)
            {
                int height = Math.Min(Block, rows - first), end = first + height;
                T* target = panel + ((nint)first * width);
                if (end < rows)
                {
                    SmallProduct.Run(new Product<T>(
                        height, width, rows - end, triangle + ((nint)end * n) + first, 1, n, panel + ((nint)end * width), width, 1, target, width,
                            true, default));
                }
                TrianglePanel<T>.Substitute(
                    height, corners + ((nint)(start + first) * Block), Block, back + start + first, target + ((nint)(height - 1) * width), -width,
                        width);
            }
        }

        /// <summary>Writes the rows of the panel from the diagonal down, and the same to the right of the diagonal.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Write(int start, int rows, int columns, int width, T* panel)
        {
            int whole = columns - (columns % Vector512<T>.Count);
            for (int i = 0; i < rows; i++)
            {
                T* row = panel + ((nint)i * width), place = y + ((nint)(start + i) * n) + start;
                int count = Math.Min(columns, i + 1),
                    vectors = Math.Min(whole, (count + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count);
                for (int j = 0; j < vectors; j += Vector512<T>.Count)
                {
                    (((Vector512.Load(a + start + j) * a[start + i]) - Vector512.Load(row + j)) * half).Store(place + j);
                }
                for (int j = vectors; j < count; j++)
                {
                    place[j] = ((a[start + i] * a[start + j]) - row[j]) * half;
                }
            }
            T* corner = y + ((nint)start * (n + 1));
            for (int i = 1; i < columns; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    corner[((nint)j * n) + i] = corner[((nint)i * n) + j];
                }
            }
            BlockTranspose.Run(rows - columns, columns, corner + ((nint)columns * n), n, corner + columns, n);
        }
    }
}
