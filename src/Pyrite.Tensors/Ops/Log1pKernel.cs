using System.Numerics;
using Pyrite.Kernels;

namespace Pyrite.Ops;

/// <summary>log(1 + x), exact for small x.</summary>
internal readonly struct Log1pKernel : IUnaryKernel
{
    public static string Name => "log1p";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<LogOnePlusFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        SimdMap.Run<LogOnePlusFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / (1.0 + x);
}
