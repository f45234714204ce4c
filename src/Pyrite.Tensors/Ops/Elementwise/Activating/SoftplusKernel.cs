using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Activating;

/// <summary>log(1 + eˣ) = max(x, 0) + log1p(e^-|x|), exact for any size of x.</summary>
internal readonly struct SoftplusKernel : IUnaryKernel
{
    public static string Name => "softplus";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<SoftplusFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        SimdMap.Run<SoftplusFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Sigmoid();
}
