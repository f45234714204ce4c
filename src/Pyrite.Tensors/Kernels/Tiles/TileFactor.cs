using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Tiles;

/// <summary>What of A meets the columns of B: one value for all of them, or a value for each.</summary>
internal static unsafe class TileFactor
{
    /// <summary>Reads the factor of a row.</summary>
    /// <typeparam name="V">The vector.</typeparam>
    public interface IFactor<V>
        where V : unmanaged
    {
        /// <summary>The factor that stands there.</summary>
        static abstract V Load(byte* a);
    }

    /// <summary>One value in all lanes.</summary>
    public readonly struct Value<V, T> : IFactor<V>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load(byte* a) => V.Of(*(T*)a);
    }

    /// <summary>A vector, which is multiplied lane by lane.</summary>
    public readonly struct Lanes<V> : IFactor<V>
        where V : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load(byte* a) => Unsafe.ReadUnaligned<V>(a);
    }
}
