using System.Numerics;
using Pyrite.Kernels.Reductions;
using Pyrite.Ops.Lanes;

namespace Pyrite.Ops.Reductions;

/// <summary>eˣ / Σ eˣ along an axis.</summary>
internal readonly struct SoftmaxLaneKernel : ILaneKernel
{
    public static string Name => "softmax";

    public static void Invoke<T>(ReadOnlySpan<T> lane, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T> =>
        LaneExponentials<T>.Softmax(lane, result);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => y * (dy - (dy * y).Sum(1, keepDimensions: true));
}
