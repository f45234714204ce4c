using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>Natural logarithm.</summary>
internal readonly struct LogKernel : IUnaryKernel
{
    public static string Name => "log";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<LogFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<LogFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / x;
}
