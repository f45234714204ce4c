using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Tiles;

/// <summary>A register tile of one shape: up to three times the rows of <typeparamref name="TRows"/>, whose sums are locals.</summary>
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
    where TRows : unmanaged, TileRows.IRows<TRows, TColumns>
{
    private const int Alignment = 64;

    /// <summary>Computes a tile.</summary>
    /// <param name="rows">Rows: at most three times those of a place. Where they do not fill the places, some are computed twice and stored
    /// once.</param>
    /// <param name="group">Rows in a group, at most those of one place; or zero for evenly spaced rows.</param>
    /// <param name="features">What happens besides summing.</param>
    /// <param name="tile">The tile.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int rows, int group, TileFeatures features, TileCall* tile)
    {
        ref readonly TileCall call = ref *tile;
        byte* memory = stackalloc byte[(3 * sizeof(TRows)) + Alignment];
        TRows* sums = (TRows*)((nint)(memory + Alignment - 1) & -Alignment);
        int perPlace = group == 0 ? TRows.Count : group;
        int last = Math.Max(rows - perPlace, 0), together = Math.Min(rows, perPlace);
        nint step = group == 0 ? perPlace * call.ARow : call.AGroup, lastStep = group == 0 ? last * call.ARow : 2 * step;
        nint second = together > 1 ? call.ARow : 0, third = together > 2 ? 2 * call.ARow : second, fourth = together > 3 ? 3 * call.ARow : third;
        if (features.HasFlag(TileFeatures.Accumulate) && Sse.IsSupported)
        {
            Prefetch(rows, group, call);
        }
        if (rows <= perPlace)
        {
            One(call, second, third, fourth, sums);
        }
        else if (rows <= 2 * perPlace)
        {
            Two(call, group == 0 ? lastStep : step, second, third, fourth, sums);
        }
        else
        {
            Three(call, step, lastStep, second, third, fourth, sums);
        }

        // The last place begins before the rows of the one before it end, where they do not come out even; those are stored with the earlier one.
        nint at = 0, nextPlace = group == 0 ? perPlace * call.CRow : call.CGroup;
        for (int row = 0; row < rows; row += perPlace, sums++, at += nextPlace)
        {
            int skipped = group == 0 ? Math.Max(row - last, 0) : 0;
            Finish((TColumns*)sums + skipped, Math.Min(perPlace, rows - row), at, features, call);
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
    private static void One(in TileCall call, nint second, nint third, nint fourth, TRows* sums)
    {
        TRows x = default;
        V lanes = Lanes(call);
        nint aStep = call.AStep, bStep = call.BStep;
        for (nint s = 0; s < call.SegmentCount; s++)
        {
            byte* a = call.A + call.Segments[s].A, b = call.B + call.Segments[s].B;
            for (nint k = call.Count; k > 0; k--, a += aStep, b += bStep)
            {
                x = x.Add(a, second, third, fourth, TColumns.Load(b, lanes));
            }
        }
        *sums = x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(in TileCall call, nint toSecond, nint second, nint third, nint fourth, TRows* sums)
    {
        TRows x = default, y = default;
        V lanes = Lanes(call);
        nint aStep = call.AStep, bStep = call.BStep;
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
        sums[0] = x;
        sums[1] = y;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three(in TileCall call, nint toSecond, nint toThird, nint second, nint third, nint fourth, TRows* sums)
    {
        TRows x = default, y = default, z = default;
        V lanes = Lanes(call);
        nint aStep = call.AStep, bStep = call.BStep;
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
        sums[0] = x;
        sums[1] = y;
        sums[2] = z;
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
}
