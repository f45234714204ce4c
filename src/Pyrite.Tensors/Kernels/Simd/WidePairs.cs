using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pyrite.Kernels.Simd;

/// <summary>Runs functions of two or three arguments over memory in double precision, in the widest vectors; an argument of one element serves for
/// all.</summary>
/// <remarks>Elements that do not fill a vector are computed by a vector as well, so an element's bits are the same at any place. Float32 is widened a
/// tile at a time.</remarks>
internal static class WidePairs
{
    private const int Tile = 512;

    /// <summary>y = f(a, b).</summary>
    public static void Run<TFunction, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where TFunction : struct, ISimdPairFunction
        where T : unmanaged, IFloatingPointIeee754<T> => RunTriples<Pair<TFunction>, T>(a, b, b, y);

    /// <summary>y = f(a, b, c).</summary>
    public static void RunTriples<TFunction, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
        where TFunction : struct, ISimdTripleFunction
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int room = Math.Min(Tile, (y.Length + 7) & ~7);
        Span<double> first = stackalloc double[room];
        Span<double> second = stackalloc double[room];
        Span<double> third = stackalloc double[room];
        for (int start = 0; start < y.Length; start += Tile)
        {
            int length = Math.Min(Tile, y.Length - start);
            int padded = (length + 7) & ~7;   // whole vectors of any width
            Fill(a, start, length, first[..padded]);
            Fill(b, start, length, second[..padded]);
            Fill(c, start, length, third[..padded]);
            if (Vector512.IsHardwareAccelerated)
            {
                Loop<TFunction, Simd512<double>>(first[..padded], second, third);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                Loop<TFunction, Simd256<double>>(first[..padded], second, third);
            }
            else
            {
                Loop<TFunction, Simd128<double>>(first[..padded], second, third);
            }
            for (int i = 0; i < length; i++)
            {
                y[start + i] = T.CreateTruncating(first[i]);
            }
        }
    }

    private static void Fill<T>(ReadOnlySpan<T> source, int start, int length, Span<double> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (source.Length == 1)
        {
            target.Fill(double.CreateTruncating(source[0]));
            return;
        }
        ReadOnlySpan<T> part = source.Slice(start, length);
        if (typeof(T) == typeof(double))
        {
            MemoryMarshal.Cast<T, double>(part).CopyTo(target);
        }
        else
        {
            for (int i = 0; i < length; i++)
            {
                target[i] = double.CreateTruncating(part[i]);
            }
        }
        target[length..].Fill(target[length - 1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TFunction, V>(Span<double> a, Span<double> b, Span<double> c)
        where TFunction : struct, ISimdTripleFunction
        where V : unmanaged, ISimd<V, double>
    {
        ref double first = ref MemoryMarshal.GetReference(a);
        ref double second = ref MemoryMarshal.GetReference(b);
        ref double third = ref MemoryMarshal.GetReference(c);
        for (nuint i = 0; i < (nuint)a.Length; i += (nuint)V.Count)
        {
            TFunction.Double(V.Load(ref first, i), V.Load(ref second, i), V.Load(ref third, i)).Store(ref first, i);
        }
    }

    private readonly struct Pair<TFunction> : ISimdTripleFunction
        where TFunction : struct, ISimdPairFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Double<V>(V a, V b, V c) where V : unmanaged, ISimd<V, double> => TFunction.Double(a, b);
    }
}
