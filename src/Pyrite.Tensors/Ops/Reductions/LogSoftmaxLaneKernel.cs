using System.Numerics;
using Pyrite.Kernels.Reductions;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>x - log Σ eˣ along an axis.</summary>
internal readonly struct LogSoftmaxLaneKernel : ILaneKernel
{
    public static string Name => "log_softmax";

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T> =>
        LaneExponentials<T>.LogSoftmax(lane, result);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy - (y.Exp() * dy.Sum(1, keepDimensions: true));
}
