using System.Numerics;

namespace Pyrite.Kernels;

/// <summary>Second steps of functions that would lose the digits of small arguments.</summary>
internal static class SmallArgumentKernel
{
    /// <summary>y = log(w)·x / (w - 1) with w = 1 + x rounded, x where w is 1, log(w) where it is infinite (Kahan's trick for log(1 + x)).</summary>
    /// <param name="x">The argument; y may be the same memory.</param>
    /// <param name="w">1 + x.</param>
    /// <param name="log">log(w).</param>
    /// <param name="y">The result.</param>
    public static void FinishLogOnePlus<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> log, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> argument = new(x[i..]);
            Vector<T> logarithm = new(log[i..]);
            Vector<T> excess = new Vector<T>(w[i..]) - Vector<T>.One;
            Vector<T> value = logarithm * (argument / excess);
            value = Vector.ConditionalSelect(Vector.Equals(excess, Vector<T>.Zero), argument, value);
            Vector.ConditionalSelect(Vector.Equals(logarithm, new Vector<T>(T.PositiveInfinity)), logarithm, value).CopyTo(y[i..]);
        }
        for (; i < x.Length; i++)
        {
            T excess = w[i] - T.One;
            y[i] = T.IsPositiveInfinity(log[i]) ? log[i] : excess == T.Zero ? x[i] : log[i] * (x[i] / excess);
        }
    }

    /// <summary>y = (u - 1)·x / log(u) for |x| below 1, else u - 1, with u = eˣ rounded; x where u is 1 (Kahan's trick for eˣ - 1).</summary>
    /// <param name="x">The argument; y may be the same memory.</param>
    /// <param name="u">eˣ.</param>
    /// <param name="log">log(u).</param>
    /// <param name="y">The result.</param>
    public static void FinishExpMinusOne<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> u, ReadOnlySpan<T> log, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> argument = new(x[i..]);
            Vector<T> excess = new Vector<T>(u[i..]) - Vector<T>.One;
            Vector<T> small = excess * (argument / new Vector<T>(log[i..]));
            Vector<T> value = Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(argument), Vector<T>.One), small, excess);
            Vector.ConditionalSelect(Vector.Equals(excess, Vector<T>.Zero), argument, value).CopyTo(y[i..]);
        }
        for (; i < x.Length; i++)
        {
            T excess = u[i] - T.One;
            y[i] = excess == T.Zero ? x[i] : T.Abs(x[i]) < T.One ? excess * (x[i] / log[i]) : excess;
        }
    }

    /// <summary>y = the odd polynomial x + x³(c₃ + x²(c₅ + …)) where |x| is below a limit, else the value computed before.</summary>
    /// <param name="x">The argument; y may be the same memory.</param>
    /// <param name="computed">The function where the argument is not small.</param>
    /// <param name="limit">The series is used below this.</param>
    /// <param name="coefficients">c₃, c₅, …</param>
    /// <param name="y">The result.</param>
    public static void OddSeriesBelow<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> computed, T limit, ReadOnlySpan<T> coefficients, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> argument = new(x[i..]);
            Vector<T> square = argument * argument;
            Vector<T> sum = new(coefficients[^1]);
            for (int k = coefficients.Length - 2; k >= 0; k--)
            {
                sum = (sum * square) + new Vector<T>(coefficients[k]);
            }
            Vector<T> series = argument + (argument * square * sum);
            Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(argument), new Vector<T>(limit)), series, new Vector<T>(computed[i..])).CopyTo(y[i..]);
        }
        for (; i < x.Length; i++)
        {
            T square = x[i] * x[i];
            T sum = coefficients[^1];
            for (int k = coefficients.Length - 2; k >= 0; k--)
            {
                sum = (sum * square) + coefficients[k];
            }
            y[i] = T.Abs(x[i]) < limit ? x[i] + (x[i] * square * sum) : computed[i];
        }
    }
}
