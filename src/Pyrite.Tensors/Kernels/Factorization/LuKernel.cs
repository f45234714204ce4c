using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Kernels.Factorization;

/// <summary>LU factors with row exchanges, in place.</summary>
internal static class LuKernel
{
    /// <summary>Replaces a matrix by its factors (L below the diagonal, unit diagonal implied) and lists the order of rows.</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="a">Row-major n x n.</param>
    /// <param name="order">For each row of the factors, which row of the matrix it was.</param>
    /// <returns>The sign of the permutation.</returns>
    public static int Factor<T>(int n, Span<T> a, Span<int> order)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int sign = 1;
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }
        T[] swap = new T[n];
        for (int k = 0; k < n; k++)
        {
            int best = k;
            for (int i = k + 1; i < n; i++)
            {
                best = T.Abs(a[(i * n) + k]) > T.Abs(a[(best * n) + k]) ? i : best;
            }
            if (best != k)
            {
                Span<T> upper = a.Slice(k * n, n);
                Span<T> lower = a.Slice(best * n, n);
                upper.CopyTo(swap);
                lower.CopyTo(upper);
                swap.CopyTo(lower);
                (order[k], order[best]) = (order[best], order[k]);
                sign = -sign;
            }
            T pivot = a[(k * n) + k];
            if (pivot == T.Zero)
            {
                continue;
            }
            ReadOnlySpan<T> pivotRow = a.Slice((k * n) + k + 1, n - k - 1);
            for (int i = k + 1; i < n; i++)
            {
                T factor = a[(i * n) + k] / pivot;
                a[(i * n) + k] = factor;
                Span<T> row = a.Slice((i * n) + k + 1, n - k - 1);
                TensorPrimitives.MultiplyAdd(pivotRow, -factor, row, row);
            }
        }
        return sign;
    }

    /// <summary>Solves with the factors; the right side must already be in the order of the factors' rows.</summary>
    public static unsafe void Solve<T>(int n, int m, ReadOnlySpan<T> factors, Span<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* a = factors, right = b)
        {
            TriangularKernel.Solve(n, m, a, n, 1, true, true, right, m);
            TriangularKernel.Solve(n, m, a, n, 1, false, false, right, m);
        }
    }
}
