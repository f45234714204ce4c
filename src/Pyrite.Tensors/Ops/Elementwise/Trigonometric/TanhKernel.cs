using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Hyperbolic tangent.</summary>
internal readonly struct TanhKernel : IUnaryKernel
{
    public static string Name => "tanh";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<TanhFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<TanhFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (1.0 - y.Square());
}
