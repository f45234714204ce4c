using System.Numerics;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>Running sums of integers.</summary>
internal readonly struct CumulativeIntegerSumKernel : ILaneIndexKernel
{
    public static string Name => "cumsum";

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<long> result) where T : unmanaged, INumber<T>
    {
        long sum = 0;
        for (int i = 0; i < lane.Length; i++)
        {
            sum += long.CreateTruncating(lane[i]);
            result[i] = sum;
        }
    }
}
