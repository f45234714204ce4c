using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Tiles;

/// <summary>How the last vector of a row is read and written: whole, or without the lanes that lie beyond the last column.</summary>
internal static unsafe class TileEdge
{
    /// <summary>Reads and writes the last vector of a row.</summary>
    /// <typeparam name="V">The vector.</typeparam>
    public interface IEdge<V>
        where V : unmanaged
    {
        /// <summary>Reads the vector; lanes that are cut off are zero, and their memory is left alone.</summary>
        static abstract V Load(byte* source, V lanes);

        /// <summary>Writes the vector but for the lanes that are cut off.</summary>
        static abstract void Store(V value, byte* target, V lanes);
    }

    /// <summary>All lanes.</summary>
    public readonly struct Whole<V> : IEdge<V>
        where V : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load(byte* source, V lanes) => Unsafe.ReadUnaligned<V>(source);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(V value, byte* target, V lanes) => Unsafe.WriteUnaligned(target, value);
    }

    /// <summary>The lanes of a mask, of vectors of 512 bits.</summary>
    public readonly struct Partial512<V> : IEdge<V>
        where V : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load(byte* source, V lanes) =>
            Unsafe.BitCast<Vector512<float>, V>(Avx512F.MaskLoad((float*)source, Unsafe.BitCast<V, Vector512<float>>(lanes), Vector512<float>.Zero));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(V value, byte* target, V lanes) =>
            Avx512F.MaskStore((float*)target, Unsafe.BitCast<V, Vector512<float>>(lanes), Unsafe.BitCast<V, Vector512<float>>(value));
    }

    /// <summary>The lanes of a mask, of vectors of 256 bits.</summary>
    public readonly struct Partial256<V> : IEdge<V>
        where V : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load(byte* source, V lanes) =>
            Unsafe.BitCast<Vector256<float>, V>(Avx.MaskLoad((float*)source, Unsafe.BitCast<V, Vector256<float>>(lanes)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(V value, byte* target, V lanes) =>
            Avx.MaskStore((float*)target, Unsafe.BitCast<V, Vector256<float>>(lanes), Unsafe.BitCast<V, Vector256<float>>(value));
    }
}
