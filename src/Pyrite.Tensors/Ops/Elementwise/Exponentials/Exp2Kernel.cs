using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>2 to the power of x.</summary>
internal readonly struct Exp2Kernel : IUnaryKernel
{
    public static string Name => "exp2";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<Exp2Function>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => SimdMap.Run<Exp2Function, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (y * Math.Log(2));
}
