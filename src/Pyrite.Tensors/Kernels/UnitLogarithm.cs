using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels;

/// <summary>log(1 + u) for u from 0 to 1, without a logarithm: 2 artanh(r) with r = u / (2 + u), which is at most 1/3.</summary>
/// <remarks>The series in r² needs 9 terms in Float32 and 17 in Float64; the result is relatively exact for small u.</remarks>
internal static class UnitLogarithm<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T[] Coefficients = MakeCoefficients(typeof(T) == typeof(float) ? 9 : 17);

    /// <summary>Replaces each u.</summary>
    public static void Invoke(Span<T> u)
    {
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(u);
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Series(vectors[i]);
        }
        for (int i = vectors.Length * Vector<T>.Count; i < u.Length; i++)
        {
            u[i] = Series(new Vector<T>(u[i]))[0];
        }
    }

    private static Vector<T> Series(Vector<T> u)
    {
        Vector<T> ratio = u / (u + new Vector<T>(T.One + T.One));
        Vector<T> square = ratio * ratio;
        T[] coefficients = Coefficients;
        Vector<T> sum = new(coefficients[^1]);
        for (int k = coefficients.Length - 2; k >= 0; k--)
        {
            sum = (sum * square) + new Vector<T>(coefficients[k]);
        }
        return ratio * sum;
    }

    private static T[] MakeCoefficients(int terms)
    {
        T[] coefficients = new T[terms];
        for (int k = 0; k < terms; k++)
        {
            coefficients[k] = T.CreateTruncating(2.0 / ((2 * k) + 1));
        }
        return coefficients;
    }
}
