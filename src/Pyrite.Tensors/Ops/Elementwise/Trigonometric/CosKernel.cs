using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Cosine.</summary>
internal readonly struct CosKernel : IUnaryKernel
{
    public static string Name => "cos";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<CosFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<CosFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * x.Sin();
}
