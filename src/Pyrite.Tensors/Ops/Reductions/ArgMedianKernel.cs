using System.Numerics;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>Where the median stands, the lower one of an even count; a NaN wins.</summary>
internal readonly struct ArgMedianKernel : ILaneIndexKernel
{
    public static string Name => "median";

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<long> result) where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < lane.Length; i++)
        {
            if (T.IsNaN(lane[i]))
            {
                result[0] = i;
                return;
            }
        }
        long[] order = new long[lane.Length];
        ArgSortKernel.Sort(lane, order, descending: false);
        result[0] = order[(lane.Length - 1) / 2];
    }
}
