using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pyrite.Kernels.Simd;

/// <summary>Runs a function over memory in double precision; Float32 is widened and narrowed a tile at a time.</summary>
internal static class WideMap
{
    private const int Tile = 512;

    /// <summary>y = f(x); both spans have the same length and may be the same memory.</summary>
    public static void Run<TFunction, T>(ReadOnlySpan<T> x, Span<T> y)
        where TFunction : struct, IDoubleFunction
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            SimdMap.Run<Function<TFunction>, T>(x, y);
            return;
        }
        Span<double> room = stackalloc double[Math.Min(Tile, x.Length)];
        for (int start = 0; start < x.Length; start += Tile)
        {
            ReadOnlySpan<float> source = MemoryMarshal.Cast<T, float>(x.Slice(start, Math.Min(Tile, x.Length - start)));
            Span<double> tile = room[..source.Length];
            Widen(source, tile);
            SimdMap.Run<Function<TFunction>, double>(tile, tile);
            Narrow(tile, MemoryMarshal.Cast<T, float>(y.Slice(start, source.Length)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<float> x, Span<double> y)
    {
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(x[i..]), out Vector<double> low, out Vector<double> high);
            low.CopyTo(y[i..]);
            high.CopyTo(y[(i + Vector<double>.Count)..]);
        }
        for (; i < x.Length; i++)
        {
            y[i] = x[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(ReadOnlySpan<double> x, Span<float> y)
    {
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Narrow(new Vector<double>(x[i..]), new Vector<double>(x[(i + Vector<double>.Count)..])).CopyTo(y[i..]);
        }
        for (; i < x.Length; i++)
        {
            y[i] = (float)x[i];
        }
    }

    /// <summary>The function as one that is computed in Float64 alone.</summary>
    internal readonly struct Function<TFunction> : ISimdFunction
        where TFunction : struct, IDoubleFunction
    {
        public static V Single<V>(V x) where V : unmanaged, ISimd<V, float> =>
            throw new NotSupportedException("This function is computed in Float64.");

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Double<V>(V x) where V : unmanaged, ISimd<V, double> => TFunction.Of(x);
    }
}
