using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Reductions;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Exponentials;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>eˣ / Σ eˣ along an axis.</summary>
internal readonly struct SoftmaxLaneKernel : ILaneKernel
{
    public static string Name => "softmax";

    public static Func<INumbers, int[], int[]> Numbers => (numbers, lane) =>
    {
        int largest = numbers.Fold(lane, double.NegativeInfinity, numbers.Maximum);
        int[] weights = Array.ConvertAll(lane, x => numbers.Map<ExpKernel>(numbers.Subtract(x, largest)));
        int sum = numbers.Sum(weights);
        return Array.ConvertAll(weights, weight => numbers.Divide(weight, sum));
    };

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T> =>
        LaneExponentials<T>.Softmax(lane, result);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => y * (dy - (dy * y).Sum(1, keepDimensions: true));
}
