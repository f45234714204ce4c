using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Activating;

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal readonly struct SigmoidKernel : IUnaryKernel
{
    public static string Name => "sigmoid";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<SigmoidFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<SigmoidFunction, T>(x, y);

    /// <summary>By the sigmoid of -x: 1 - y would lose its digits, and in the end be 0, where y is close to 1.</summary>
    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * y * (-x).Sigmoid();
}
