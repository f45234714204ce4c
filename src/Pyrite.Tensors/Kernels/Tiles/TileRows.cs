using System.Runtime.CompilerServices;

namespace Pyrite.Kernels.Tiles;

/// <summary>The sums of a few rows of a tile that are found from one place in A.</summary>
internal static unsafe class TileRows
{
    /// <summary>A number of rows.</summary>
    /// <typeparam name="TSelf">The sums.</typeparam>
    /// <typeparam name="TColumns">A row of them.</typeparam>
    public interface IRows<TSelf, TColumns>
        where TSelf : unmanaged
        where TColumns : unmanaged
    {
        /// <summary>How many.</summary>
        static abstract int Count { get; }

        /// <summary>These plus, for each row, its factor times the columns; the factors stand at <paramref name="a"/> and in three steps from
        /// there.</summary>
        TSelf Add(byte* a, nint second, nint third, nint fourth, TColumns columns);
    }

    /// <summary>One row.</summary>
    public readonly struct One<TColumns, V, TFactor>(TColumns a) : IRows<One<TColumns, V, TFactor>, TColumns>
        where TColumns : unmanaged, TileColumns.IColumns<TColumns, V>
        where V : unmanaged
        where TFactor : TileFactor.IFactor<V>
    {
        private readonly TColumns a = a;

        public static int Count => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public One<TColumns, V, TFactor> Add(byte* a, nint second, nint third, nint fourth, TColumns columns) =>
            new(this.a.Add(TFactor.Load(a), columns));
    }

    /// <summary>Two rows.</summary>
    public readonly struct Two<TColumns, V, TFactor>(TColumns a, TColumns b) : IRows<Two<TColumns, V, TFactor>, TColumns>
        where TColumns : unmanaged, TileColumns.IColumns<TColumns, V>
        where V : unmanaged
        where TFactor : TileFactor.IFactor<V>
    {
        private readonly TColumns a = a, b = b;

        public static int Count => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Two<TColumns, V, TFactor> Add(byte* a, nint second, nint third, nint fourth, TColumns columns) =>
            new(this.a.Add(TFactor.Load(a), columns), b.Add(TFactor.Load(a + second), columns));
    }

    /// <summary>Four rows.</summary>
    public readonly struct Four<TColumns, V, TFactor>(TColumns a, TColumns b, TColumns c, TColumns d) : IRows<Four<TColumns, V, TFactor>, TColumns>
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
    }
}
