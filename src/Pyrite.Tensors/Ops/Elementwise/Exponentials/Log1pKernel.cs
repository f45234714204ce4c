using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>log(1 + x), exact for small x.</summary>
internal readonly struct Log1pKernel : IUnaryKernel
{
    public static string Name => "log1p";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<Log1pFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        SimdMap.Run<Log1pFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / (1.0 + x);
}
