using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>Logarithm to base 2.</summary>
internal readonly struct Log2Kernel : IUnaryKernel
{
    public static string Name => "log2";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<Log2Function>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<Log2Function, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / (x * Math.Log(2));
}
