using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Special;

/// <summary>log Γ(a) - x log x + x for x = a - 1.</summary>
internal readonly struct ShapeRestKernel : IUnaryKernel
{
    public static string Name => "log gamma rest";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfDouble<ShapeRestFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WideMap.Run<ShapeRestFunction, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.ShapeRestSlope();
}
