using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Activating;

/// <summary>x · sigmoid(x).</summary>
internal readonly struct SiluKernel : IUnaryKernel
{
    public static string Name => "silu";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<SiluFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<SiluFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => Slope(x, x.Sigmoid(), dy);

    private static Tensor Slope(Tensor x, Tensor sigmoid, Tensor dy) => dy * (sigmoid * (1.0 + (x * (1.0 - sigmoid))));
}
