using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Extending;

/// <summary>A function of one argument that somebody has written.</summary>
internal readonly struct ElementKernel<TFunction> : IUnaryKernel
    where TFunction : struct, IElementFunction
{
    public static string Name => TFunction.Name;

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfFunction<VectorForm<TFunction>>();

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        SimdMap.Run<VectorForm<TFunction>, T>(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => GradientShape.Check(TFunction.Pullback(x, y, dy), Name, y.Shape, 0);
}
