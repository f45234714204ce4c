using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Reductions;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>log Σ eˣ without overflow.</summary>
internal readonly struct LogSumExpLaneKernel : ILaneKernel
{
    public static string Name => "logsumexp";

    public static double? OfNothing => double.NegativeInfinity;

    public static bool IsLogSum => true;

    public static Func<INumbers, int[], int[]> Numbers => (numbers, lane) => [numbers.LogSum(lane)];

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T> =>
        result[0] = LaneExponentials<T>.LogSum(lane);

    /// <summary>The gradient is the softmax; where all is -∞ it is 0.</summary>
    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (x - Tensor.Where(y.EqualTo(double.NegativeInfinity), 0.0, y)).Exp();
}
