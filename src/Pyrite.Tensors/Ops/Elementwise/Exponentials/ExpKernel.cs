using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>eˣ.</summary>
internal readonly struct ExpKernel : IUnaryKernel
{
    public static string Name => "exp";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<ExpFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<ExpFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * y;
}
