using System.Numerics;
using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Reductions;

/// <summary>Loops over a stretch of a lane that is short enough for the first-level cache.</summary>
internal static unsafe class LaneLoop<V, T, TExp>
    where V : unmanaged, ISimd<V, T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TExp : struct, IVectorFunction<V>
{
    /// <summary>Vectors that are added one after the other, before their sum joins the others.</summary>
    private const int Block = 64;

    /// <summary>The largest element (NaN only if there is nothing else), and Σ e^(x - largest); Σ eˣ where it is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Measure(T* x, nint length, out T sum)
    {
        T largest = Largest(x, length);
        V shift = V.Of(T.IsFinite(largest) ? largest : T.Zero);
        V total = V.Of(T.Zero);
        nint whole = length - (length % V.Count);
        for (nint start = 0; start < whole; start += Block * V.Count)
        {
            nint end = nint.Min(whole, start + (Block * V.Count));
            V part = V.Of(T.Zero);
            for (nint i = start; i < end; i += V.Count)
            {
                part += TExp.Of(V.Load(ref *x, (nuint)i) - shift);
            }
            total += part;
        }
        if (whole < length)
        {
            total += TExp.Of(Rest(x, whole, length) - shift);
        }
        sum = SumOfLanes(total);
        return largest;
    }

    /// <summary>y = e^(x - shift) · factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Exponentials(T* x, T* y, nint length, T shift, T factor)
    {
        V shifts = V.Of(shift);
        V factors = V.Of(factor);
        nint whole = length - (length % V.Count);
        for (nint i = 0; i < whole; i += V.Count)
        {
            (TExp.Of(V.Load(ref *x, (nuint)i) - shifts) * factors).Store(ref *y, (nuint)i);
        }
        if (whole < length)
        {
            V rest = TExp.Of(Rest(x, whole, length) - shifts) * factors;
            for (nint i = whole; i < length; i++)
            {
                y[i] = ((T*)&rest)[i - whole];
            }
        }
    }

    /// <summary>y = (x - shift) - other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Differences(T* x, T* y, nint length, T shift, T other)
    {
        V shifts = V.Of(shift);
        V others = V.Of(other);
        nint i = 0;
        for (; i + V.Count <= length; i += V.Count)
        {
            (V.Load(ref *x, (nuint)i) - shifts - others).Store(ref *y, (nuint)i);
        }
        for (; i < length; i++)
        {
            y[i] = x[i] - shift - other;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Largest(T* x, nint length)
    {
        T largest = T.NegativeInfinity;
        nint i = 0;
        if (length >= 2 * V.Count)
        {
            V even = V.Load(ref *x, 0);
            V odd = V.Load(ref *x, (nuint)V.Count);
            for (i = 2 * V.Count; i + (2 * V.Count) <= length; i += 2 * V.Count)
            {
                even = V.Larger(V.Load(ref *x, (nuint)i), even);
                odd = V.Larger(V.Load(ref *x, (nuint)(i + V.Count)), odd);
            }
            even = V.Larger(even, odd);
            for (int lane = 0; lane < V.Count; lane++)
            {
                largest = ((T*)&even)[lane] > largest ? ((T*)&even)[lane] : largest;
            }
        }
        for (; i < length; i++)
        {
            largest = x[i] > largest ? x[i] : largest;
        }
        return largest;
    }

    /// <summary>The elements that do not fill a vector, and minus infinity.</summary>
    private static V Rest(T* x, nint start, nint length)
    {
        V rest = V.Of(T.NegativeInfinity);
        for (nint i = start; i < length; i++)
        {
            ((T*)&rest)[i - start] = x[i];
        }
        return rest;
    }

    private static T SumOfLanes(V vector)
    {
        T* lanes = (T*)&vector;
        for (int half = V.Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }
}
