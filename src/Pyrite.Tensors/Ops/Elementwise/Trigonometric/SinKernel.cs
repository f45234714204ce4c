using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Sine.</summary>
internal readonly struct SinKernel : IUnaryKernel
{
    public static string Name => "sin";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<SinFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<SinFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Cos();
}
