using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Special;

/// <summary>(m - x) / m, and 1 for x = 0.</summary>
internal readonly struct DevianceSlopeKernel : IBinaryKernel
{
    public static string Name => "deviance slope";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfPair<DevianceSlopeFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.Run<DevianceSlopeFunction, T>(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.Run<DevianceSlopeFunction, T>(a, [b], y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.Run<DevianceSlopeFunction, T>([a], b, y);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? -dy / b : dy * a.ZeroOver(b.Square());
}
