using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Tiles;

/// <summary>The sums of a few rows of a tile that are found from one place in A.</summary>
internal static unsafe class TileRows
{
    /// <summary>A number of rows.</summary>
    /// <typeparam name="TSelf">The sums.</typeparam>
    /// <typeparam name="TColumns">A row of them.</typeparam>
    /// <typeparam name="V">A vector.</typeparam>
    public interface IRows<TSelf, TColumns, V>
        where TSelf : unmanaged
        where TColumns : unmanaged
        where V : unmanaged
    {
        /// <summary>How many.</summary>
        static abstract int Count { get; }

        /// <summary>These plus, for each row, its factor times the columns; the factors stand at <paramref name="a"/> and in three steps from
        /// there.</summary>
        TSelf Add(byte* a, nint second, nint third, nint fourth, TColumns columns);

        /// <summary>Writes the rows to <paramref name="c"/> and in three steps from there.</summary>
        void Store(byte* c, nint second, nint third, nint fourth, V lanes);
    }

    /// <summary>One row.</summary>
    public readonly struct One<TColumns, V, TFactor>(TColumns a) : IRows<One<TColumns, V, TFactor>, TColumns, V>
        where TColumns : unmanaged, TileColumns.IColumns<TColumns, V>
        where V : unmanaged
        where TFactor : TileFactor.IFactor<V>
    {
        private readonly TColumns a = a;

        public static int Count => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public One<TColumns, V, TFactor> Add(byte* a, nint second, nint third, nint fourth, TColumns columns) =>
            new(this.a.Add(TFactor.Load(a), columns));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(byte* c, nint second, nint third, nint fourth, V lanes) => a.Store(c, lanes);
    }

    /// <summary>Two rows.</summary>
    public readonly struct Two<TColumns, V, TFactor>(TColumns a, TColumns b) : IRows<Two<TColumns, V, TFactor>, TColumns, V>
        where TColumns : unmanaged, TileColumns.IColumns<TColumns, V>
        where V : unmanaged
        where TFactor : TileFactor.IFactor<V>
    {
        private readonly TColumns a = a, b = b;

        public static int Count => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Two<TColumns, V, TFactor> Add(byte* a, nint second, nint third, nint fourth, TColumns columns) =>
            new(this.a.Add(TFactor.Load(a), columns), b.Add(TFactor.Load(a + second), columns));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(byte* c, nint second, nint third, nint fourth, V lanes)
        {
            a.Store(c, lanes);
            b.Store(c + second, lanes);
        }
    }

    /// <summary>Four rows.</summary>
    public readonly struct Four<TColumns, V, TFactor>(TColumns a, TColumns b, TColumns c, TColumns d) : IRows<Four<TColumns, V, TFactor>, TColumns, V>
        where TColumns : unmanaged, TileColumns.IColumns<TColumns, V>
        where V : unmanaged
        where TFactor : TileFactor.IFactor<V>
    {
        private readonly TColumns a = a, b = b, c = c, d = d;

        public static int Count => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four<TColumns, V, TFactor> Add(byte* a, nint second, nint third, nint fourth, TColumns columns) => new(
            this.a.Add(TFactor.Load(a), columns), b.Add(TFactor.Load(a + second), columns), c.Add(TFactor.Load(a + third), columns),
            d.Add(TFactor.Load(a + fourth), columns));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(byte* c, nint second, nint third, nint fourth, V lanes)
        {
            a.Store(c, lanes);
            b.Store(c + second, lanes);
            this.c.Store(c + third, lanes);
            d.Store(c + fourth, lanes);
        }
    }
}
