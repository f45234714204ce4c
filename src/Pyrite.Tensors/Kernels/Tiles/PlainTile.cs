using System.Numerics;

namespace Pyrite.Kernels.Tiles;

/// <summary>The tile as plain loops, for machines without run-time code and as what compiled tiles are tested against.</summary>
internal static unsafe class PlainTile
{
    /// <summary>Computes the tile that <paramref name="call"/> describes.</summary>
    public static void Run<T>(int rows, int columns, int group, TileFeatures features, in TileCall call)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Loop<float>(rows, columns, group, features, call);
        }
        else
        {
            Loop<double>(rows, columns, group, features, call);
        }
    }

    private static void Loop<T>(int rows, int columns, int group, TileFeatures features, in TileCall call)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < rows; i++)
        {
            nint row = group == 0 ? i * call.ARow : (i / group * call.AGroup) + (i % group * call.ARow);
            nint result = group == 0 ? i * call.CRow : (i / group * call.CGroup) + (i % group * call.CRow);
            T* c = (T*)(call.C + result);
            T* mask = (T*)(call.Mask + result);
            int j = 0;
            for (; j + Vector<T>.Count <= columns; j += Vector<T>.Count)
            {
                Vector<T> sum = Vector<T>.Zero;
                for (nint s = 0; s < call.SegmentCount; s++)
                {
                    byte* a = call.A + call.Segments[s].A + row;
                    byte* b = call.B + call.Segments[s].B + (j * sizeof(T));
                    for (nint k = 0; k < call.Count; k++, a += call.AStep, b += call.BStep)
                    {
                        sum += (features.HasFlag(TileFeatures.Dots) ? Vector.Load((T*)a + j) : new Vector<T>(*(T*)a)) * Vector.Load((T*)b);
                    }
                }
                for (int lane = 0; lane < Vector<T>.Count; lane++)
                {
                    Finish(sum[lane], j + lane, c, mask, features, call);
                }
            }
            for (; j < columns; j++)
            {
                T sum = T.Zero;
                for (nint s = 0; s < call.SegmentCount; s++)
                {
                    byte* a = call.A + call.Segments[s].A + row;
                    byte* b = call.B + call.Segments[s].B + (j * sizeof(T));
                    for (nint k = 0; k < call.Count; k++, a += call.AStep, b += call.BStep)
                    {
                        // A dot tile multiplies lane by lane; otherwise one value of A meets the whole row of B.
                        sum += ((T*)a)[features.HasFlag(TileFeatures.Dots) ? j : 0] * *(T*)b;
                    }
                }
                Finish(sum, j, c, mask, features, call);
            }
        }
    }

    private static void Finish<T>(T sum, int j, T* c, T* mask, TileFeatures features, in TileCall call)
        where T : unmanaged, INumber<T>
    {
        sum = features.HasFlag(TileFeatures.Accumulate) ? c[j] + sum : sum;
        sum = features.HasFlag(TileFeatures.Bias) ? sum + ((T*)call.Bias)[j] : sum;
        sum = features.HasFlag(TileFeatures.Relu) && sum < T.Zero ? T.Zero : sum;
        c[j] = features.HasFlag(TileFeatures.Mask) && mask[j] <= T.Zero ? T.Zero : sum;
    }
}
