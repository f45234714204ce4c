using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Simd;

/// <summary>Runs a function over memory in the widest vectors of the machine.</summary>
/// <remarks>Elements that do not fill a vector are computed by a vector as well, so an element's bits are the same at any place and in any company.
/// The loops are compiled with all optimizations at once: their first milliseconds count in short programs.</remarks>
internal static class SimdMap
{
    /// <summary>Elements from which code for pairs of vectors is worth being compiled: bench `elementwise`, and what `cold` starts with.</summary>
    private const int LongArray = 1024;

    /// <summary>y = f(x); both spans have the same length and may be the same memory.</summary>
    public static void Run<TFunction, T>(ReadOnlySpan<T> x, Span<T> y)
        where TFunction : struct, ISimdFunction
        where T : unmanaged
    {
        if (x.Length > y.Length)
        {
            throw new ArgumentException($"{x.Length} elements were to be computed into room for {y.Length}.", nameof(y));
        }
        if (typeof(T) == typeof(float))
        {
            Single<TFunction>(ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(x)), ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(y)),
                (nuint)x.Length);
        }
        else
        {
            Double<TFunction>(ref Unsafe.As<T, double>(ref MemoryMarshal.GetReference(x)),
                ref Unsafe.As<T, double>(ref MemoryMarshal.GetReference(y)), (nuint)x.Length);
        }
    }

    private static void Single<TFunction>(ref float x, ref float y, nuint count)
        where TFunction : struct, ISimdFunction
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Loop<SingleFunction<TFunction, Simd512<float>>, Simd512<float>, float>(ref x, ref y, count);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<SingleFunction<TFunction, Simd256<float>>, SingleFunction<TFunction, SimdPair<Simd256<float>, float>>, Simd256<float>, float>(
                ref x, ref y, count, TFunction.IsShort);
        }
        else
        {
            Run<SingleFunction<TFunction, Simd128<float>>, SingleFunction<TFunction, SimdPair<Simd128<float>, float>>, Simd128<float>, float>(
                ref x, ref y, count, TFunction.IsShort);
        }
    }

    private static void Double<TFunction>(ref double x, ref double y, nuint count)
        where TFunction : struct, ISimdFunction
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Loop<DoubleFunction<TFunction, Simd512<double>>, Simd512<double>, double>(ref x, ref y, count);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<DoubleFunction<TFunction, Simd256<double>>, DoubleFunction<TFunction, SimdPair<Simd256<double>, double>>, Simd256<double>, double>(
                ref x, ref y, count, TFunction.IsShort);
        }
        else
        {
            Run<DoubleFunction<TFunction, Simd128<double>>, DoubleFunction<TFunction, SimdPair<Simd128<double>, double>>, Simd128<double>, double>(
                ref x, ref y, count, TFunction.IsShort);
        }
    }

    // Pairs are for narrow vectors, whose constants then stay in registers; with AVX-512 they cost a tenth of tanh and log (bench `elementwise`).
    // A vector at least is left for the loop of single ones, so that what it reads for its end is not yet written over.
    private static void Run<TFunction, TPair, V, T>(ref T x, ref T y, nuint count, bool isShort)
        where TFunction : struct, IVectorFunction<V>
        where TPair : struct, IVectorFunction<SimdPair<V, T>>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
    {
        nuint width = (nuint)V.Count, done = 0;
        if (isShort && count >= LongArray)
        {
            done = (count - width) / (2 * width) * (2 * width);
            Pairs<TPair, V, T>(ref x, ref y, done);
        }
        Loop<TFunction, V, T>(ref Unsafe.Add(ref x, done), ref Unsafe.Add(ref y, done), count - done);
    }

    // Never inlined itself: together with a caller's code it would pass the compiler's limit of inlining, and call what should be instructions.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Pairs<TPair, V, T>(ref T x, ref T y, nuint count)
        where TPair : struct, IVectorFunction<SimdPair<V, T>>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
    {
        for (nuint i = 0; i < count; i += 2 * (nuint)V.Count)
        {
            TPair.Of(SimdPair<V, T>.Load(ref x, i)).Store(ref y, i);
        }
    }

    // The last vector may overlap the one before it; it is read before anything is written, because x and y may be the same memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Loop<TFunction, V, T>(ref T x, ref T y, nuint count)
        where TFunction : struct, IVectorFunction<V>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
    {
        nuint width = (nuint)V.Count;
        if (count < width)
        {
            Short<TFunction, V, T>(ref x, ref y, count);
            return;
        }
        nuint last = count - width;
        V end = V.Load(ref x, last);
        for (nuint i = 0; i < last; i += width)
        {
            TFunction.Of(V.Load(ref x, i)).Store(ref y, i);
        }
        TFunction.Of(end).Store(ref y, last);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Short<TFunction, V, T>(ref T x, ref T y, nuint count)
        where TFunction : struct, IVectorFunction<V>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
    {
        V room = default;
        ref T first = ref Unsafe.As<V, T>(ref room);
        for (nuint i = 0; i < count; i++)
        {
            Unsafe.Add(ref first, i) = Unsafe.Add(ref x, i);
        }
        Loop<TFunction, V, T>(ref first, ref first, (nuint)V.Count);
        for (nuint i = 0; i < count; i++)
        {
            Unsafe.Add(ref y, i) = Unsafe.Add(ref first, i);
        }
    }
}
