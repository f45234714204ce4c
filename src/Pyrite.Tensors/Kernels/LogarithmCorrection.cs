using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels;

/// <summary>Turns log(w) for a rounded w = 1 + x into log(1 + x): the last step of Kahan's trick.</summary>
internal static class LogarithmCorrection
{
    /// <summary>y = log(w)·x / (w - 1); x itself where w is 1, +∞ where w is. x and y may be the same memory.</summary>
    public static void Apply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> logarithm, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        if (Vector512<T>.IsSupported)
        {
            ref T source = ref MemoryMarshal.GetReference(x);
            ref T plusOne = ref MemoryMarshal.GetReference(w);
            ref T log = ref MemoryMarshal.GetReference(logarithm);
            ref T target = ref MemoryMarshal.GetReference(y);
            Vector512<T> infinity = Vector512.Create(T.PositiveInfinity);
            for (; i <= y.Length - Vector512<T>.Count; i += Vector512<T>.Count)
            {
                Vector512<T> value = Vector512.LoadUnsafe(ref source, (nuint)i);
                Vector512<T> excess = Vector512.LoadUnsafe(ref plusOne, (nuint)i) - Vector512<T>.One;
                Vector512<T> result = Vector512.LoadUnsafe(ref log, (nuint)i) * (value / excess);
                result = Vector512.ConditionalSelect(Vector512.Equals(excess, Vector512<T>.Zero), value, result);
                Vector512.ConditionalSelect(Vector512.Equals(excess, infinity), infinity, result).StoreUnsafe(ref target, (nuint)i);
            }
        }
        for (; i < y.Length; i++)
        {
            T excess = w[i] - T.One;
            y[i] = excess == T.Zero ? x[i] : T.IsPositiveInfinity(excess) ? excess : logarithm[i] * (x[i] / excess);
        }
    }
}
