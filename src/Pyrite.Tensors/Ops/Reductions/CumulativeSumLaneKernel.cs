using System.Numerics;
using Pyrite.Engine;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>Running sums, in order.</summary>
internal readonly struct CumulativeSumLaneKernel : ILaneKernel
{
    public static string Name => "cumsum";

    public static Func<INumbers, int[], int[]> Numbers => (numbers, lane) =>
    {
        int[] sums = [.. lane];
        for (int i = 1; i < sums.Length; i++)
        {
            sums[i] = numbers.Add(sums[i - 1], sums[i]);
        }
        return sums;
    };

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < lane.Length; i++)
        {
            sum += lane[i];
            result[i] = sum;
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy.Flip(1).CumulativeSum(1).Flip(1);
}
