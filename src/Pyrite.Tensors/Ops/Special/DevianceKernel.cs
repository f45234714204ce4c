using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Special;

/// <summary>x log(x / m) + m - x.</summary>
internal readonly struct DevianceKernel : IBinaryKernel
{
    public static string Name => "deviance";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfPair<DevianceFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.Run<DevianceFunction, T>(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.Run<DevianceFunction, T>(a, [b], y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.Run<DevianceFunction, T>([a], b, y);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
        dy * (input == 0 ? a.DevianceByCount(b) : Zip<DevianceSlopeKernel>.Of(a, b));
}
