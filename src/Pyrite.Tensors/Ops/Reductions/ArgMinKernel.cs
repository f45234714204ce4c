using System.Numerics;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>Where the smallest element stands, the first of equal ones; the first NaN wins.</summary>
internal readonly struct ArgMinKernel : ILaneIndexKernel
{
    public static string Name => "argmin";

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<long> result) where T : unmanaged, INumber<T>
    {
        int best = 0;
        for (int i = 1; i < lane.Length && !T.IsNaN(lane[best]); i++)
        {
            best = lane[i] < lane[best] || T.IsNaN(lane[i]) ? i : best;
        }
        result[0] = best;
    }
}
