using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>eˣ - 1, exact for small x.</summary>
internal readonly struct Expm1Kernel : IUnaryKernel
{
    public static string Name => "expm1";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<Expm1Function>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        SimdMap.Run<Expm1Function, T>(x, y);

    /// <summary>By eˣ itself: y + 1 would be 0 where eˣ is below the last digit of 1.</summary>
    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Exp();
}
