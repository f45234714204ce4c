using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Kernels.Factorization;

/// <summary>Householder QR factors of a tall matrix.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 5.2.2.</remarks>
internal static class QrKernel
{
    /// <summary>A = Q·R with orthonormal columns of Q and a diagonal of R that is not negative.</summary>
    /// <param name="m">Rows, at least n.</param>
    /// <param name="n">Columns.</param>
    /// <param name="a">Row-major m x n; overwritten.</param>
    /// <param name="q">Row-major m x n.</param>
    /// <param name="r">Row-major n x n.</param>
    public static void Factor<T>(int m, int n, Span<T> a, Span<T> q, Span<T> r)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] reflectors = new T[m * n];
        T[] weights = new T[n];
        T[] row = new T[n];
        for (int k = 0; k < n; k++)
        {
            Span<T> v = reflectors.AsSpan(k * m, m);
            weights[k] = Reflector(m, n, k, a, v);
            Apply(m, n, k, k, v, weights[k], a, row);
        }
        q.Clear();
        for (int k = 0; k < n; k++)
        {
            q[(k * n) + k] = T.One;
            for (int j = 0; j < n; j++)
            {
                r[(k * n) + j] = j < k ? T.Zero : a[(k * n) + j];
            }
        }
        for (int k = n - 1; k >= 0; k--)
        {
            Apply(m, n, k, k, reflectors.AsSpan(k * m, m), weights[k], q, row);
        }
        for (int k = 0; k < n; k++)
        {
            if (r[(k * n) + k] < T.Zero)
            {
                Span<T> line = r.Slice(k * n, n);
                TensorPrimitives.Negate(line, line);
                for (int i = 0; i < m; i++)
                {
                    q[(i * n) + k] = -q[(i * n) + k];
                }
            }
        }
    }

    /// <summary>v and β with (I - β v vᵀ) x = ±|x| e for column k from the diagonal down.</summary>
    private static T Reflector<T>(int m, int n, int k, ReadOnlySpan<T> a, Span<T> v)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = k; i < m; i++)
        {
            v[i] = a[(i * n) + k];
            largest = T.Max(largest, T.Abs(v[i]));
        }
        if (largest == T.Zero || !T.IsFinite(largest))
        {
            return T.Zero;
        }
        TensorPrimitives.Divide(v[k..m], largest, v[k..m]);
        T norm = T.Sqrt(TensorPrimitives.SumOfSquares<T>(v[k..m]));
        v[k] += v[k] < T.Zero ? -norm : norm;
        return (T.One + T.One) / TensorPrimitives.SumOfSquares<T>(v[k..m]);
    }

    /// <summary>(I - β v vᵀ) applied to the rows from k and the columns from <paramref name="column"/>.</summary>
    private static void Apply<T>(int m, int n, int k, int column, ReadOnlySpan<T> v, T weight, Span<T> a, Span<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> sums = row[..(n - column)];
        sums.Clear();
        for (int i = k; i < m; i++)
        {
            TensorPrimitives.MultiplyAdd(a.Slice((i * n) + column, n - column), v[i], sums, sums);
        }
        for (int i = k; i < m; i++)
        {
            Span<T> line = a.Slice((i * n) + column, n - column);
            TensorPrimitives.MultiplyAdd(sums, -weight * v[i], line, line);
        }
    }
}
