using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Kernels.Factorization;

/// <summary>Eigenvalues and eigenvectors of symmetric matrices: reduction to three diagonals, then implicitly shifted QR steps.</summary>
/// <remarks>Golub and Van Loan, "Matrix Computations", 8.3.1 to 8.3.3.</remarks>
internal static class SymmetricEigenKernel
{
    private const int MaxStepsPerValue = 60;

    /// <summary>A = V·diag(w)·Vᵀ, ascending.</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="a">Row-major n x n; the lower triangle is read, all is overwritten.</param>
    /// <param name="values">The eigenvalues.</param>
    /// <param name="vectors">The eigenvectors, one per row.</param>
    /// <returns>Whether the iteration converged (it does for finite matrices).</returns>
    public static bool Decompose<T>(int n, Span<T> a, Span<T> values, Span<T> vectors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                a[(i * n) + j] = a[(j * n) + i];
            }
        }
        T[] beside = new T[n];
        Tridiagonalize(n, a, values, beside, vectors);
        if (!Diagonalize(n, values, beside, vectors))
        {
            return false;
        }
        Sort(n, values, vectors);
        return true;
    }

    /// <summary>Householder reflections from both sides; the rows of <paramref name="vectors"/> become those of Qᵀ with QᵀAQ of three
    /// diagonals.</summary>
    private static void Tridiagonalize<T>(int n, Span<T> a, Span<T> diagonal, Span<T> beside, Span<T> vectors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        vectors.Clear();
        for (int i = 0; i < n; i++)
        {
            vectors[(i * n) + i] = T.One;
        }
        T two = T.One + T.One;
        T[] product = new T[n];
        T[] reflector = new T[n];
        for (int k = 0; k < n - 2; k++)
        {
            // The part of row k beyond the diagonal is sent to a multiple of its first unit vector.
            Span<T> v = reflector.AsSpan(k + 1, n - k - 1);
            a.Slice((k * n) + k + 1, n - k - 1).CopyTo(v);
            T scale = TensorPrimitives.MaxMagnitude<T>(v);
            scale = T.Abs(scale);
            if (scale == T.Zero || !T.IsFinite(scale))
            {
                continue;
            }
            TensorPrimitives.Divide(v, scale, v);
            T norm = T.Sqrt(TensorPrimitives.SumOfSquares<T>(v));
            v[0] += v[0] < T.Zero ? -norm : norm;
            T weight = two / TensorPrimitives.SumOfSquares<T>(v);
            Span<T> p = product.AsSpan(k + 1, n - k - 1);
            for (int i = k + 1; i < n; i++)
            {
                p[i - k - 1] = weight * TensorPrimitives.Dot<T>(a.Slice((i * n) + k + 1, n - k - 1), v);
            }
            T half = weight * TensorPrimitives.Dot<T>(p, v) / two;
            TensorPrimitives.MultiplyAdd(v, -half, p, p);
            for (int i = k + 1; i < n; i++)
            {
                Span<T> row = a.Slice((i * n) + k + 1, n - k - 1);
                TensorPrimitives.MultiplyAdd(p, -v[i - k - 1], row, row);
                TensorPrimitives.MultiplyAdd(v, -p[i - k - 1], row, row);
            }
            Span<T> line = a.Slice((k * n) + k + 1, n - k - 1);
            T along = weight * TensorPrimitives.Dot<T>(line, v);
            TensorPrimitives.MultiplyAdd(v, -along, line, line);
            Span<T> sums = product.AsSpan(0, n);
            sums.Clear();
            for (int i = k + 1; i < n; i++)
            {
                TensorPrimitives.MultiplyAdd(vectors.Slice(i * n, n), v[i - k - 1], sums, sums);
            }
            for (int i = k + 1; i < n; i++)
            {
                Span<T> row = vectors.Slice(i * n, n);
                TensorPrimitives.MultiplyAdd(sums, -weight * v[i - k - 1], row, row);
            }
        }
        for (int i = 0; i < n; i++)
        {
            diagonal[i] = a[(i * n) + i];
            beside[i] = i + 1 < n ? a[(i * n) + i + 1] : T.Zero;
        }
    }

    private static bool Diagonalize<T>(int n, Span<T> d, Span<T> e, Span<T> vectors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int steps = 0;
        int last = n - 1;
        while (last > 0)
        {
            if (IsNegligible(e[last - 1], d[last - 1], d[last]))
            {
                e[last - 1] = T.Zero;
                last--;
                steps = 0;
                continue;
            }
            int first = last - 1;
            while (first > 0 && !IsNegligible(e[first - 1], d[first - 1], d[first]))
            {
                first--;
            }
            if (++steps > MaxStepsPerValue)
            {
                return false;
            }
            Step(n, first, last, d, e, vectors);
        }
        return true;
    }

    private static bool IsNegligible<T>(T beside, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> => T.Abs(beside) <= (T.Abs(a) + T.Abs(b)) * (T.BitIncrement(T.One) - T.One) || beside == T.Zero;

    /// <summary>One QR step with Wilkinson's shift on rows first … last, chasing the bulge down with rotations.</summary>
    private static void Step<T>(int n, int first, int last, Span<T> d, Span<T> e, Span<T> vectors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = (d[last - 1] - d[last]) / (T.One + T.One);
        T corner = e[last - 1];
        T root = T.Hypot(half, corner);
        T shift = d[last] - (corner * (corner / (half + (half < T.Zero ? -root : root))));
        T x = d[first] - shift;
        T z = e[first];
        for (int k = first; k < last; k++)
        {
            T length = T.Hypot(x, z);
            T c = length == T.Zero ? T.One : x / length;
            T s = length == T.Zero ? T.Zero : z / length;
            if (k > first)
            {
                e[k - 1] = length;
            }
            T dk = d[k];
            T dn = d[k + 1];
            T ek = e[k];
            d[k] = (c * c * dk) + ((T.One + T.One) * c * s * ek) + (s * s * dn);
            d[k + 1] = (s * s * dk) - ((T.One + T.One) * c * s * ek) + (c * c * dn);
            e[k] = (c * s * (dn - dk)) + (((c * c) - (s * s)) * ek);
            x = e[k];
            if (k + 1 < last)
            {
                z = s * e[k + 1];
                e[k + 1] *= c;
            }
            Rotate(vectors.Slice(k * n, n), vectors.Slice((k + 1) * n, n), c, s);
        }
    }

    /// <summary>(a, b) becomes (c·a + s·b, c·b - s·a).</summary>
    internal static void Rotate<T>(Span<T> a, Span<T> b, T c, T s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Vector<T>.Count;
        int i = 0;
        for (; i <= a.Length - width; i += width)
        {
            Vector<T> x = new(a[i..]);
            Vector<T> y = new(b[i..]);
            ((x * c) + (y * s)).CopyTo(a[i..]);
            ((y * c) - (x * s)).CopyTo(b[i..]);
        }
        for (; i < a.Length; i++)
        {
            T x = a[i];
            T y = b[i];
            a[i] = (c * x) + (s * y);
            b[i] = (c * y) - (s * x);
        }
    }

    private static void Sort<T>(int n, Span<T> values, Span<T> vectors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] keys = values.ToArray();
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }
        Array.Sort(keys, order);
        T[] unsorted = vectors.ToArray();
        for (int i = 0; i < n; i++)
        {
            values[i] = keys[i];
            unsorted.AsSpan(order[i] * n, n).CopyTo(vectors.Slice(i * n, n));
        }
    }
}
