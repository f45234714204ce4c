using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Simd;

/// <summary>Runs functions of two arguments that have a form in each precision over memory, in the widest vectors; an argument of one element serves
/// for all.</summary>
/// <remarks>Elements that do not fill a vector are computed by a vector as well, so an element's bits are the same at any place.</remarks>
internal static class SimdPairs
{
    /// <summary>y = f(a, b); the output may be one of the inputs.</summary>
    public static void Run<TFunction, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where TFunction : struct, ISimdPairFunction
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Loop<TFunction, Simd512<T>, T>(a, b, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Loop<TFunction, Simd256<T>, T>(a, b, y);
        }
        else
        {
            Loop<TFunction, Simd128<T>, T>(a, b, y);
        }
    }

    // The last vector may overlap the one before it; it is read before anything is written, because the output may be an input.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TFunction, V, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where TFunction : struct, ISimdPairFunction
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
    {
        if (y.Length < V.Count)
        {
            Short<TFunction, V, T>(a, b, y);
            return;
        }
        bool isOneA = a.Length == 1, isOneB = b.Length == 1;
        ref T first = ref MemoryMarshal.GetReference(a);
        ref T second = ref MemoryMarshal.GetReference(b);
        ref T result = ref MemoryMarshal.GetReference(y);
        nuint width = (nuint)V.Count, last = (nuint)y.Length - width;
        V spreadA = V.Of(first), spreadB = V.Of(second);
        V endA = isOneA ? spreadA : V.Load(ref first, last), endB = isOneB ? spreadB : V.Load(ref second, last);
        for (nuint i = 0; i < last; i += width)
        {
            Of<TFunction, V, T>(isOneA ? spreadA : V.Load(ref first, i), isOneB ? spreadB : V.Load(ref second, i)).Store(ref result, i);
        }
        Of<TFunction, V, T>(endA, endB).Store(ref result, last);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Short<TFunction, V, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where TFunction : struct, ISimdPairFunction
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
    {
        if (y.IsEmpty)
        {
            return;
        }
        V roomA = V.Of(a[0]), roomB = V.Of(b[0]);
        a.CopyTo(Lanes(ref roomA));
        b.CopyTo(Lanes(ref roomB));
        V room = Of<TFunction, V, T>(a.Length == 1 ? V.Of(a[0]) : roomA, b.Length == 1 ? V.Of(b[0]) : roomB);
        Lanes(ref room)[..y.Length].CopyTo(y);

        static Span<T> Lanes(ref V vector) => MemoryMarshal.CreateSpan(ref Unsafe.As<V, T>(ref vector), V.Count);
    }

    // Which precision it is the compiler knows, and keeps one of the lines.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Of<TFunction, V, T>(V a, V b)
        where TFunction : struct, ISimdPairFunction
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
    {
        if (typeof(V) == typeof(Simd512<float>))
        {
            return Cast<Simd512<float>, V>(TFunction.Single(Cast<V, Simd512<float>>(a), Cast<V, Simd512<float>>(b)));
        }
        if (typeof(V) == typeof(Simd512<double>))
        {
            return Cast<Simd512<double>, V>(TFunction.Double(Cast<V, Simd512<double>>(a), Cast<V, Simd512<double>>(b)));
        }
        if (typeof(V) == typeof(Simd256<float>))
        {
            return Cast<Simd256<float>, V>(TFunction.Single(Cast<V, Simd256<float>>(a), Cast<V, Simd256<float>>(b)));
        }
        if (typeof(V) == typeof(Simd256<double>))
        {
            return Cast<Simd256<double>, V>(TFunction.Double(Cast<V, Simd256<double>>(a), Cast<V, Simd256<double>>(b)));
        }
        return typeof(V) == typeof(Simd128<float>)
            ? Cast<Simd128<float>, V>(TFunction.Single(Cast<V, Simd128<float>>(a), Cast<V, Simd128<float>>(b)))
            : Cast<Simd128<double>, V>(TFunction.Double(Cast<V, Simd128<double>>(a), Cast<V, Simd128<double>>(b)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TTo Cast<TFrom, TTo>(TFrom x)
        where TFrom : struct
        where TTo : struct => Unsafe.BitCast<TFrom, TTo>(x);
}
