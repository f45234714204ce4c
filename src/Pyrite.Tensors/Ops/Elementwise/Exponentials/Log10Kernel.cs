using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>Logarithm to base 10.</summary>
internal readonly struct Log10Kernel : IUnaryKernel
{
    public static string Name => "log10";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<Log10Function>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<Log10Function, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / (x * Math.Log(10));
}
