using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Factorization;

/// <summary>Triangular systems for many right-hand sides: a panel of up to three vectors of columns at a time, eight rows by eight.</summary>
/// <remarks>
/// What solved rows contribute to the next eight is a matrix product; those eight are then solved in registers. Every column is computed
/// by itself and in an order that depends on the number of rows alone.
/// </remarks>
internal static unsafe class TrianglePanel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Block = 8;

    /// <summary>The most columns of a panel.</summary>
    public static readonly int MostColumns = 3 * Vector512<T>.Count;

    /// <summary>Elements of a packed triangle.</summary>
    public static nint PackedLength(int n) => ((nint)n * n) + n;

    /// <summary>The columns a panel must have to hold so many.</summary>
    public static int WidthFor(int columns) => Math.Min(MostColumns, (columns + Vector512<T>.Count - 1) / Vector512<T>.Count * Vector512<T>.Count);

    /// <summary>Writes the triangle in the order in which its rows are solved: negated entries beside the diagonal, then the inverses of the
    /// diagonal.</summary>
    public static void Pack(int n, T* a, nint row, nint column, bool isLower, bool isUnit, T* packed)
    {
        T* inverses = packed + ((nint)n * n);
        T* corner = isLower ? a : a + ((n - 1) * (row + column));
        (nint down, nint across) = isLower ? (row, column) : (-row, -column);
        for (int i = 0; i < n; i++)
        {
            T* source = corner + (i * down), target = packed + ((nint)i * n);
            if (across == 1)
            {
                TensorPrimitives.Negate(new ReadOnlySpan<T>(source, i), new Span<T>(target, i));
            }
            else
            {
                for (int k = 0; k < i; k++)
                {
                    target[k] = -source[k * across];
                }
            }
            inverses[i] = isUnit ? T.One : T.One / source[i * across];
        }
    }

    /// <summary>Overwrites a panel, n rows of <paramref name="width"/> columns in the order of the packed triangle, with the solutions.</summary>
    public static void Solve(int n, int width, T* packed, T* panel)
    {
        T* inverses = packed + ((nint)n * n);
        for (int first = 0; first < n; first += Block)
        {
            int rows = Math.Min(Block, n - first);
            T* factors = packed + ((nint)first * n);
            T* target = panel + ((nint)first * width);
            if (first > 0)
            {
                SmallProduct.Run(new Product<T>(rows, width, first, factors, n, 1, panel, width, 1, target, width, true, default));
            }
            Substitute(rows, factors + first, n, inverses + first, target, width, width);
        }
    }

    /// <summary>xᵢ := (xᵢ + Σ lᵢₖ xₖ) · inverseᵢ over the k below i, for up to eight rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="l">The triangle; what stands on its diagonal and above is not read.</param>
    /// <param name="stride">Distance of its rows.</param>
    /// <param name="inverses">One number per row.</param>
    /// <param name="x">The first row.</param>
    /// <param name="row">Distance of the rows of x.</param>
    /// <param name="width">Columns, whole vectors.</param>
    public static void Substitute(int rows, T* l, nint stride, T* inverses, T* x, nint row, nint width)
    {
        if (rows == Block)
        {
            SubstituteEight(l, stride, inverses, x, row, width);
        }
        else
        {
            SubstituteFew(rows, l, stride, inverses, x, row, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubstituteEight(T* l, nint stride, T* inverses, T* x, nint row, nint width)
    {
        T* l1 = l + stride;
        T* l2 = l1 + stride;
        T* l3 = l2 + stride;
        T* l4 = l3 + stride;
        T* l5 = l4 + stride;
        T* l6 = l5 + stride;
        T* l7 = l6 + stride;
        for (nint j = 0; j < width; j += Vector512<T>.Count)
        {
            T* column = x + j;
            Vector512<T> x0 = Vector512.Load(column) * inverses[0];
            Vector512<T> x1 = (Vector512.Load(column + row) + (x0 * l1[0])) * inverses[1];
            Vector512<T> x2 = (Vector512.Load(column + (2 * row)) + (x0 * l2[0]) + (x1 * l2[1])) * inverses[2];
            Vector512<T> x3 = (Vector512.Load(column + (3 * row)) + (x0 * l3[0]) + (x1 * l3[1]) + (x2 * l3[2])) * inverses[3];
            x0.Store(column);
            x1.Store(column + row);
            x2.Store(column + (2 * row));
            x3.Store(column + (3 * row));
            Vector512<T> x4 = Vector512.Load(column + (4 * row)) + (x0 * l4[0]) + (x1 * l4[1]) + (x2 * l4[2]) + (x3 * l4[3]);
            Vector512<T> x5 = Vector512.Load(column + (5 * row)) + (x0 * l5[0]) + (x1 * l5[1]) + (x2 * l5[2]) + (x3 * l5[3]);
            Vector512<T> x6 = Vector512.Load(column + (6 * row)) + (x0 * l6[0]) + (x1 * l6[1]) + (x2 * l6[2]) + (x3 * l6[3]);
            Vector512<T> x7 = Vector512.Load(column + (7 * row)) + (x0 * l7[0]) + (x1 * l7[1]) + (x2 * l7[2]) + (x3 * l7[3]);
            x4 *= inverses[4];
            x5 = (x5 + (x4 * l5[4])) * inverses[5];
            x6 = (x6 + (x4 * l6[4]) + (x5 * l6[5])) * inverses[6];
            x7 = (x7 + (x4 * l7[4]) + (x5 * l7[5]) + (x6 * l7[6])) * inverses[7];
            x4.Store(column + (4 * row));
            x5.Store(column + (5 * row));
            x6.Store(column + (6 * row));
            x7.Store(column + (7 * row));
        }
    }

    private static void SubstituteFew(int rows, T* l, nint stride, T* inverses, T* x, nint row, nint width)
    {
        for (int i = 0; i < rows; i++)
        {
            for (nint j = 0; j < width; j += Vector512<T>.Count)
            {
                Vector512<T> sum = Vector512.Load(x + (i * row) + j);
                for (int k = 0; k < i; k++)
                {
                    sum += Vector512.Load(x + (k * row) + j) * l[(i * stride) + k];
                }
                (sum * inverses[i]).Store(x + (i * row) + j);
            }
        }
    }
}
