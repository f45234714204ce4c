using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Tiles;

/// <summary>A few vectors side by side: one row of B, or the sums of one row of C. Each is a field of its own and stays in a register.</summary>
internal static unsafe class TileColumns
{
    /// <summary>A number of vectors.</summary>
    /// <typeparam name="TSelf">The vectors.</typeparam>
    /// <typeparam name="V">A vector.</typeparam>
    public interface IColumns<TSelf, V>
        where TSelf : unmanaged
        where V : unmanaged
    {
        /// <summary>How many.</summary>
        static abstract int Count { get; }

        /// <summary>Reads them; <paramref name="lanes"/> is the mask of the last one, where it is cut.</summary>
        static abstract TSelf Load(byte* source, V lanes);

        /// <summary>These plus a factor times others.</summary>
        TSelf Add(V factor, TSelf columns);

        /// <summary>These plus others.</summary>
        TSelf Plus(TSelf columns);

        /// <summary>These, zero where negative.</summary>
        TSelf Relu();

        /// <summary>These, zero where others are not positive; NaN counts as positive.</summary>
        TSelf Where(TSelf mask);

        /// <summary>Writes them.</summary>
        void Store(byte* target, V lanes);
    }

    /// <summary>One vector.</summary>
    public readonly struct One<V, T, TEdge>(V a) : IColumns<One<V, T, TEdge>, V>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
        where TEdge : TileEdge.IEdge<V>
    {
        private readonly V a = a;

        public static int Count => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static One<V, T, TEdge> Load(byte* source, V lanes) => new(TEdge.Load(source, lanes));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public One<V, T, TEdge> Add(V factor, One<V, T, TEdge> columns) => new(V.MultiplyAdd(factor, columns.a, a));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public One<V, T, TEdge> Plus(One<V, T, TEdge> columns) => new(a + columns.a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public One<V, T, TEdge> Relu() => new(Relu<V, T>(a));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public One<V, T, TEdge> Where(One<V, T, TEdge> mask) => new(Where<V, T>(a, mask.a));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(byte* target, V lanes)
        {
            TEdge.Store(a, target, lanes);
        }
    }

    /// <summary>Two vectors.</summary>
    public readonly struct Two<V, T, TEdge>(V a, V b) : IColumns<Two<V, T, TEdge>, V>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
        where TEdge : TileEdge.IEdge<V>
    {
        private readonly V a = a, b = b;

        public static int Count => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Two<V, T, TEdge> Load(byte* source, V lanes) =>
            new(Unsafe.ReadUnaligned<V>(source), TEdge.Load(source + sizeof(V), lanes));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Two<V, T, TEdge> Add(V factor, Two<V, T, TEdge> columns) =>
            new(V.MultiplyAdd(factor, columns.a, a), V.MultiplyAdd(factor, columns.b, b));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Two<V, T, TEdge> Plus(Two<V, T, TEdge> columns) => new(a + columns.a, b + columns.b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Two<V, T, TEdge> Relu() => new(Relu<V, T>(a), Relu<V, T>(b));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Two<V, T, TEdge> Where(Two<V, T, TEdge> mask) => new(Where<V, T>(a, mask.a), Where<V, T>(b, mask.b));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(byte* target, V lanes)
        {
            Unsafe.WriteUnaligned(target, a);
            TEdge.Store(b, target + sizeof(V), lanes);
        }
    }

    /// <summary>Three vectors.</summary>
    public readonly struct Three<V, T, TEdge>(V a, V b, V c) : IColumns<Three<V, T, TEdge>, V>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
        where TEdge : TileEdge.IEdge<V>
    {
        private readonly V a = a, b = b, c = c;

        public static int Count => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Three<V, T, TEdge> Load(byte* source, V lanes) => new(
            Unsafe.ReadUnaligned<V>(source), Unsafe.ReadUnaligned<V>(source + sizeof(V)), TEdge.Load(source + (2 * sizeof(V)), lanes));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Three<V, T, TEdge> Add(V factor, Three<V, T, TEdge> columns) =>
            new(V.MultiplyAdd(factor, columns.a, a), V.MultiplyAdd(factor, columns.b, b), V.MultiplyAdd(factor, columns.c, c));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Three<V, T, TEdge> Plus(Three<V, T, TEdge> columns) => new(a + columns.a, b + columns.b, c + columns.c);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Three<V, T, TEdge> Relu() => new(Relu<V, T>(a), Relu<V, T>(b), Relu<V, T>(c));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Three<V, T, TEdge> Where(Three<V, T, TEdge> mask) => new(Where<V, T>(a, mask.a), Where<V, T>(b, mask.b), Where<V, T>(c, mask.c));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(byte* target, V lanes)
        {
            Unsafe.WriteUnaligned(target, a);
            Unsafe.WriteUnaligned(target + sizeof(V), b);
            TEdge.Store(c, target + (2 * sizeof(V)), lanes);
        }
    }

    /// <summary>Four vectors.</summary>
    public readonly struct Four<V, T, TEdge>(V a, V b, V c, V d) : IColumns<Four<V, T, TEdge>, V>
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged
        where TEdge : TileEdge.IEdge<V>
    {
        private readonly V a = a, b = b, c = c, d = d;

        public static int Count => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Four<V, T, TEdge> Load(byte* source, V lanes) => new(
            Unsafe.ReadUnaligned<V>(source), Unsafe.ReadUnaligned<V>(source + sizeof(V)), Unsafe.ReadUnaligned<V>(source + (2 * sizeof(V))),
            TEdge.Load(source + (3 * sizeof(V)), lanes));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four<V, T, TEdge> Add(V factor, Four<V, T, TEdge> columns) => new(
            V.MultiplyAdd(factor, columns.a, a), V.MultiplyAdd(factor, columns.b, b), V.MultiplyAdd(factor, columns.c, c),
            V.MultiplyAdd(factor, columns.d, d));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four<V, T, TEdge> Plus(Four<V, T, TEdge> columns) => new(a + columns.a, b + columns.b, c + columns.c, d + columns.d);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four<V, T, TEdge> Relu() => new(Relu<V, T>(a), Relu<V, T>(b), Relu<V, T>(c), Relu<V, T>(d));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four<V, T, TEdge> Where(Four<V, T, TEdge> mask) =>
            new(Where<V, T>(a, mask.a), Where<V, T>(b, mask.b), Where<V, T>(c, mask.c), Where<V, T>(d, mask.d));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(byte* target, V lanes)
        {
            Unsafe.WriteUnaligned(target, a);
            Unsafe.WriteUnaligned(target + sizeof(V), b);
            Unsafe.WriteUnaligned(target + (2 * sizeof(V)), c);
            TEdge.Store(d, target + (3 * sizeof(V)), lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Relu<V, T>(V x)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged =>
        V.Select(V.Less(x, default), default, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Where<V, T>(V x, V mask)
        where V : unmanaged, ISimd<V, T>
        where T : unmanaged =>
        V.Select(V.Less(mask, default) | V.Equal(mask, default), default, x);
}
