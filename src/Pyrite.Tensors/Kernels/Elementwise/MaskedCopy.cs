using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Elementwise;

/// <summary>Keeps values where a mask says so; elsewhere the result is 0, whatever stands there.</summary>
internal static class MaskedCopy
{
    /// <summary>Which numbers of a mask keep a value.</summary>
    public interface IRule
    {
        /// <summary>Whether one number does.</summary>
        static abstract bool Keeps<T>(T mask) where T : unmanaged, INumber<T>;

        /// <summary>All bits where the numbers do, none elsewhere.</summary>
        static abstract Vector512<T> Kept<T>(Vector512<T> mask) where T : unmanaged, INumber<T>;
    }

    /// <summary>y = a where the rule keeps it, else 0.</summary>
    public static void Apply<TRule, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> mask, Span<T> y)
        where TRule : struct, IRule
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        if (Vector512<T>.IsSupported)
        {
            ref T source = ref MemoryMarshal.GetReference(a);
            ref T gate = ref MemoryMarshal.GetReference(mask);
            ref T target = ref MemoryMarshal.GetReference(y);
            int width = Vector512<T>.Count;
            for (; i <= y.Length - width; i += width)
            {
                (Vector512.LoadUnsafe(ref source, (nuint)i) & TRule.Kept(Vector512.LoadUnsafe(ref gate, (nuint)i))).StoreUnsafe(ref target, (nuint)i);
            }
        }
        for (; i < y.Length; i++)
        {
            y[i] = TRule.Keeps(mask[i]) ? a[i] : T.Zero;
        }
    }

    /// <summary>Keeps where the mask is positive.</summary>
    public readonly struct WherePositive : IRule
    {
        public static bool Keeps<T>(T mask) where T : unmanaged, INumber<T> => mask > T.Zero;

        public static Vector512<T> Kept<T>(Vector512<T> mask) where T : unmanaged, INumber<T> => Vector512.GreaterThan(mask, Vector512<T>.Zero);
    }

    /// <summary>Keeps where the mask is not 0, NaN included.</summary>
    public readonly struct WhereNonzero : IRule
    {
        public static bool Keeps<T>(T mask) where T : unmanaged, INumber<T> => mask != T.Zero;

        public static Vector512<T> Kept<T>(Vector512<T> mask) where T : unmanaged, INumber<T> => ~Vector512.Equals(mask, Vector512<T>.Zero);
    }
}
