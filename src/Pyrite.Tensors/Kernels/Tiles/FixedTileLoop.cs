using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Tiles;

/// <summary>A register tile of one shape: up to three times the rows of <typeparamref name="TRows"/>, or seven times, whose sums are
/// locals.</summary>
/// <typeparam name="T">Float32 or Float64.</typeparam>
/// <typeparam name="V">A vector.</typeparam>
/// <typeparam name="TEdge">How the last vector of a row is read and written.</typeparam>
/// <typeparam name="TColumns">The vectors of a row.</typeparam>
/// <typeparam name="TRows">The rows that are found from one place in A.</typeparam>
internal static unsafe class FixedTileLoop<T, V, TEdge, TColumns, TRows>
    where T : unmanaged
    where V : unmanaged, ISimd<V, T>
    where TEdge : TileEdge.IEdge<V>
    where TColumns : unmanaged, TileColumns.IColumns<TColumns, V>
    where TRows : unmanaged, TileRows.IRows<TRows, TColumns, V>
{
    private const int Alignment = 64;

    private static int Places => Math.Max(FixedTile.Places(TColumns.Count), 3);

    /// <summary>Computes a tile.</summary>
    /// <param name="rows">Rows: at most as many as <see cref="FixedTile.Places"/> have. Where they do not fill the places, some are computed twice
    /// and stored once.</param>
    /// <param name="group">Rows in a group, at most those of one place; or zero for evenly spaced rows.</param>
    /// <param name="features">What happens besides summing.</param>
    /// <param name="tile">The tile.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int rows, int group, TileFeatures features, TileCall* tile)
    {
        ref readonly TileCall call = ref *tile;
        int perPlace = group == 0 ? TRows.Count : group, places = group == 0 ? (rows + TRows.Count - 1) / TRows.Count : (rows + group - 1) / group;
        int last = Math.Max(rows - perPlace, 0), together = Math.Min(rows, perPlace);
        Spread from = group == 0
            ? new(together, call.ARow, perPlace * call.ARow, last * call.ARow)
            : new(together, call.ARow, call.AGroup, (places - 1) * call.AGroup);
        bool isWhole = group == 0 || rows == places * group;
        if (isWhole && (features & (TileFeatures.Accumulate | TileFeatures.Bias | TileFeatures.Relu | TileFeatures.Mask)) == TileFeatures.None)
        {
            // A row that is computed twice is stored twice.
            Sum(places, call, from, call.C, group == 0
                ? new(together, call.CRow, perPlace * call.CRow, last * call.CRow)
                : new(together, call.CRow, call.CGroup, (places - 1) * call.CGroup));
            return;
        }
        byte* memory = stackalloc byte[(Places * sizeof(TRows)) + Alignment];
        TRows* sums = (TRows*)((nint)(memory + Alignment - 1) & -Alignment);
        if (features.HasFlag(TileFeatures.Accumulate) && Sse.IsSupported)
        {
            Prefetch(rows, group, call);
        }
        Sum(places, call, from, (byte*)sums, new(together, sizeof(TColumns), sizeof(TRows), (places - 1) * sizeof(TRows)));

        // The last place begins before the rows of the one before it end, where they do not come out even; those are stored with the earlier one.
        nint at = 0, nextPlace = group == 0 ? perPlace * call.CRow : call.CGroup;
        for (int row = 0; row < rows; row += perPlace, sums++, at += nextPlace)
        {
            int skipped = group == 0 ? Math.Max(row - last, 0) : 0;
            Finish((TColumns*)sums + skipped, Math.Min(perPlace, rows - row), at, features, call);
        }
    }

    /// <summary>Computes the sums of some places and stores them.</summary>
    private static void Sum(int places, in TileCall call, in Spread from, byte* target, in Spread to)
    {
        switch (places)
        {
            case 1:
                One(call, from, target, to);
                break;
            case 2:
                Two(call, from, target, to);
                break;
            case 3:
                Three(call, from, target, to);
                break;
            default:
                if (Places > 3)
                {
                    Seven(places, call, from, target, to);
                }
                break;
        }
    }

    private static void Prefetch(int rows, int group, in TileCall call)
    {
        for (int i = 0; i < rows; i++)
        {
            byte* row = call.C + (group == 0 ? i * call.CRow : (i / group * call.CGroup) + (i % group * call.CRow));
            for (int j = 0; j < TColumns.Count; j++)
            {
                Sse.Prefetch0(row + (j * sizeof(V)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(in TileCall call, in Spread from, byte* target, in Spread to)
    {
        TRows x = default;
        V lanes = Lanes(call);
        nint aStep = call.AStep, bStep = call.BStep, second = from.Second, third = from.Third, fourth = from.Fourth;
        for (nint s = 0; s < call.SegmentCount; s++)
        {
            byte* a = call.A + call.Segments[s].A, b = call.B + call.Segments[s].B;
            for (nint k = call.Count; k > 0; k--, a += aStep, b += bStep)
            {
                x = x.Add(a, second, third, fourth, TColumns.Load(b, lanes));
            }
        }
        x.Store(target, to.Second, to.Third, to.Fourth, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(in TileCall call, in Spread from, byte* target, in Spread to)
    {
        TRows x = default, y = default;
        V lanes = Lanes(call);
        nint aStep = call.AStep, bStep = call.BStep, toSecond = from.Last, second = from.Second, third = from.Third, fourth = from.Fourth;
        for (nint s = 0; s < call.SegmentCount; s++)
        {
            byte* a = call.A + call.Segments[s].A, b = call.B + call.Segments[s].B, c = a + toSecond;
            for (nint k = call.Count; k > 0; k--, a += aStep, b += bStep, c += aStep)
            {
                TColumns columns = TColumns.Load(b, lanes);
                x = x.Add(a, second, third, fourth, columns);
                y = y.Add(c, second, third, fourth, columns);
            }
        }
        x.Store(target, to.Second, to.Third, to.Fourth, lanes);
        y.Store(target + to.Last, to.Second, to.Third, to.Fourth, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three(in TileCall call, in Spread from, byte* target, in Spread to)
    {
        TRows x = default, y = default, z = default;
        V lanes = Lanes(call);
        nint aStep = call.AStep, bStep = call.BStep, toSecond = from.Step, toThird = from.Last;
        nint second = from.Second, third = from.Third, fourth = from.Fourth;
        for (nint s = 0; s < call.SegmentCount; s++)
        {
            byte* a = call.A + call.Segments[s].A, b = call.B + call.Segments[s].B, c = a + toSecond, d = a + toThird;
            for (nint k = call.Count; k > 0; k--, a += aStep, b += bStep, c += aStep, d += aStep)
            {
                TColumns columns = TColumns.Load(b, lanes);
                x = x.Add(a, second, third, fourth, columns);
                y = y.Add(c, second, third, fourth, columns);
                z = z.Add(d, second, third, fourth, columns);
            }
        }
        x.Store(target, to.Second, to.Third, to.Fourth, lanes);
        y.Store(target + to.Step, to.Second, to.Third, to.Fourth, lanes);
        z.Store(target + to.Last, to.Second, to.Third, to.Fourth, lanes);
    }

    /// <summary>Four to seven places; what is computed beyond the last one is the last one again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Seven(int places, in TileCall call, in Spread from, byte* target, in Spread to)
    {
        TRows x0 = default, x1 = default, x2 = default, x3 = default, x4 = default, x5 = default, x6 = default;
        V lanes = Lanes(call);
        nint aStep = call.AStep, bStep = call.BStep, second = from.Second, third = from.Third, fourth = from.Fourth;
        nint step = from.Step, toLast = from.Last;
        nint toFourth = places > 4 ? 3 * step : toLast, toFifth = places > 5 ? 4 * step : toLast, toSixth = places > 6 ? 5 * step : toLast;
        for (nint s = 0; s < call.SegmentCount; s++)
        {
            byte* a = call.A + call.Segments[s].A, b = call.B + call.Segments[s].B;
            for (nint k = call.Count; k > 0; k--, a += aStep, b += bStep)
            {
                TColumns columns = TColumns.Load(b, lanes);
                x0 = x0.Add(a, second, third, fourth, columns);
                x1 = x1.Add(a + step, second, third, fourth, columns);
                x2 = x2.Add(a + (2 * step), second, third, fourth, columns);
                x3 = x3.Add(a + toFourth, second, third, fourth, columns);
                x4 = x4.Add(a + toFifth, second, third, fourth, columns);
                x5 = x5.Add(a + toSixth, second, third, fourth, columns);
                x6 = x6.Add(a + toLast, second, third, fourth, columns);
            }
        }
        x0.Store(target, to.Second, to.Third, to.Fourth, lanes);
        x1.Store(target + to.Step, to.Second, to.Third, to.Fourth, lanes);
        x2.Store(target + (2 * to.Step), to.Second, to.Third, to.Fourth, lanes);
        x3.Store(target + (places > 4 ? 3 * to.Step : to.Last), to.Second, to.Third, to.Fourth, lanes);
        x4.Store(target + (places > 5 ? 4 * to.Step : to.Last), to.Second, to.Third, to.Fourth, lanes);
        x5.Store(target + (places > 6 ? 5 * to.Step : to.Last), to.Second, to.Third, to.Fourth, lanes);
        x6.Store(target + to.Last, to.Second, to.Third, to.Fourth, lanes);
    }

    /// <summary>The mask of the last vector; read only where it is cut.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Lanes(in TileCall call) => typeof(TEdge) == typeof(TileEdge.Whole<V>) ? default : Unsafe.ReadUnaligned<V>(call.LastColumns);

    /// <summary>Some rows: what is added to them and what is done to them, in the order of <see cref="Products.Epilogue{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(TColumns* sums, int rows, nint at, TileFeatures features, in TileCall call)
    {
        V lanes = Lanes(call);
        nint row = call.CRow;
        byte* c = call.C + at, mask = call.Mask + at;
        TColumns bias = features.HasFlag(TileFeatures.Bias) ? TColumns.Load(call.Bias, lanes) : default;
        for (int i = 0; i < rows; i++, c += row, mask += row)
        {
            TColumns value = sums[i];
            if (features.HasFlag(TileFeatures.Accumulate))
            {
                value = value.Plus(TColumns.Load(c, lanes));
            }
            if (features.HasFlag(TileFeatures.Bias))
            {
                value = value.Plus(bias);
            }
            if (features.HasFlag(TileFeatures.Relu))
            {
                value = value.Relu();
            }
            if (features.HasFlag(TileFeatures.Mask))
            {
                value = value.Where(TColumns.Load(mask, lanes));
            }
            value.Store(c, lanes);
        }
    }

    /// <summary>Where rows stand from the first one, in bytes: those of a place, and the places.</summary>
    private readonly struct Spread(int together, nint row, nint step, nint last)
    {
        /// <summary>The second row of a place; where there is none, the first again. So with those after it.</summary>
        public readonly nint Second = together > 1 ? row : 0;
        public readonly nint Third = together > 2 ? 2 * row : together > 1 ? row : 0;
        public readonly nint Fourth = together > 3 ? 3 * row : together > 2 ? 2 * row : together > 1 ? row : 0;

        /// <summary>From one place to the next.</summary>
        public readonly nint Step = step;

        /// <summary>The last place.</summary>
        public readonly nint Last = last;
    }
}
