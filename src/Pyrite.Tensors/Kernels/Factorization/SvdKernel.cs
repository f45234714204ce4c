using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Kernels.Factorization;

/// <summary>Singular values and vectors by one-sided Jacobi rotations: rows are made orthogonal pair by pair.</summary>
/// <remarks>Hestenes 1958; Demmel and Veselić 1992: small singular values keep their relative accuracy.</remarks>
internal static class SvdKernel
{
    private const int MaxSweeps = 60;

    /// <summary>Makes the k rows of W orthogonal from the left: W := Jᵀ·W; then sorts by length, longest first.</summary>
    /// <param name="k">Rows.</param>
    /// <param name="n">Columns, at least k.</param>
    /// <param name="w">Row-major k x n; becomes unit rows where the length is not 0.</param>
    /// <param name="left">Row-major k x k; row i becomes the left vector of singular value i.</param>
    /// <param name="lengths">The singular values.</param>
    /// <returns>Whether the sweeps converged.</returns>
    public static bool Orthogonalize<T>(int k, int n, Span<T> w, Span<T> left, Span<T> lengths)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        left.Clear();
        for (int i = 0; i < k; i++)
        {
            left[(i * k) + i] = T.One;
        }
        bool rotated = true;
        for (int sweep = 0; rotated && sweep < MaxSweeps; sweep++)
        {
            rotated = Sweep(k, n, w, left);
        }
        for (int i = 0; i < k; i++)
        {
            lengths[i] = TensorPrimitives.Norm<T>(w.Slice(i * n, n));
        }
        SortRows(k, n, w, left, lengths);
        for (int i = 0; i < k; i++)
        {
            if (lengths[i] > T.Zero)
            {
                TensorPrimitives.Divide(w.Slice(i * n, n), lengths[i], w.Slice(i * n, n));
            }
        }
        return !rotated;
    }

    private static bool Sweep<T>(int k, int n, Span<T> w, Span<T> left)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T tolerance = (T.BitIncrement(T.One) - T.One) * T.CreateTruncating(4);
        bool rotated = false;
        for (int p = 0; p < k - 1; p++)
        {
            for (int q = p + 1; q < k; q++)
            {
                Span<T> a = w.Slice(p * n, n);
                Span<T> b = w.Slice(q * n, n);
                T alpha = TensorPrimitives.SumOfSquares<T>(a);
                T beta = TensorPrimitives.SumOfSquares<T>(b);
                T gamma = TensorPrimitives.Dot<T>(a, b);
                if (!(T.Abs(gamma) > tolerance * T.Sqrt(alpha) * T.Sqrt(beta)))
                {
                    continue;
                }
                rotated = true;
                T zeta = (beta - alpha) / ((T.One + T.One) * gamma);
                T t = (zeta < T.Zero ? -T.One : T.One) / (T.Abs(zeta) + T.Hypot(T.One, zeta));
                T c = T.One / T.Hypot(T.One, t);
                SymmetricEigenKernel.Rotate(a, b, c, -(c * t));
                SymmetricEigenKernel.Rotate(left.Slice(p * k, k), left.Slice(q * k, k), c, -(c * t));
            }
        }
        return rotated;
    }

    private static void SortRows<T>(int k, int n, Span<T> w, Span<T> left, Span<T> lengths)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] keys = new T[k];
        int[] order = new int[k];
        for (int i = 0; i < k; i++)
        {
            keys[i] = -lengths[i];
            order[i] = i;
        }
        Array.Sort(keys, order);
        T[] rows = w.ToArray();
        T[] lefts = left.ToArray();
        for (int i = 0; i < k; i++)
        {
            lengths[i] = -keys[i];
            rows.AsSpan(order[i] * n, n).CopyTo(w.Slice(i * n, n));
            lefts.AsSpan(order[i] * k, k).CopyTo(left.Slice(i * k, k));
        }
    }
}
