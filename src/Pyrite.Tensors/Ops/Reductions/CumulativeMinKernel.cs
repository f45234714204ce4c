using System.Numerics;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>Where the smallest element so far stands, the last of equal ones; NaN wins.</summary>
internal readonly struct CumulativeMinKernel : ILaneIndexKernel
{
    public static string Name => "cummin";

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<long> result) where T : unmanaged, INumber<T>
    {
        int best = 0;
        for (int i = 0; i < lane.Length; i++)
        {
            best = lane[i] <= lane[best] && !T.IsNaN(lane[best]) || T.IsNaN(lane[i]) ? i : best;
            result[i] = best;
        }
    }
}
