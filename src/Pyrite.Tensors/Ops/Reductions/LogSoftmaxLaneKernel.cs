using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Reductions;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>x - log Σ eˣ along an axis.</summary>
internal readonly struct LogSoftmaxLaneKernel : ILaneKernel
{
    public static string Name => "log_softmax";

    public static Func<INumbers, int[], int[]> Numbers => (numbers, lane) =>
    {
        // What is not finite becomes NaN, as in the kernel.
        int largest = numbers.Fold(lane, double.NegativeInfinity, numbers.Maximum);
        int sum = numbers.Add(numbers.LogSum(lane), numbers.Subtract(largest, largest));
        return Array.ConvertAll(lane, x => numbers.Subtract(x, sum));
    };

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T> =>
        LaneExponentials<T>.LogSoftmax(lane, result);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy - (y.Exp() * dy.Sum(1, keepDimensions: true));
}
