using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels;

/// <summary>Keeps values where a mask is not 0.</summary>
internal static class NonzeroMask
{
    /// <summary>y = a where mask is not 0, NaN included; else 0.</summary>
    public static void Apply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> mask, Span<T> y) where T : unmanaged, INumber<T>
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
                Vector512<T> drop = Vector512.Equals(Vector512.LoadUnsafe(ref gate, (nuint)i), Vector512<T>.Zero);
                Vector512.AndNot(Vector512.LoadUnsafe(ref source, (nuint)i), drop).StoreUnsafe(ref target, (nuint)i);
            }
        }
        for (; i < y.Length; i++)
        {
            y[i] = mask[i] == T.Zero ? T.Zero : a[i];
        }
    }
}
