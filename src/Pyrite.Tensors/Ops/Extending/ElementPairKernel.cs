using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Extending;

/// <summary>A function of two arguments that somebody has written.</summary>
internal readonly struct ElementPairKernel<TFunction> : IBinaryKernel
    where TFunction : struct, IElementPairFunction
{
    public static string Name => TFunction.Name;

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfPair<VectorPairForm<TFunction>>();

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        SimdPairs.Run<VectorPairForm<TFunction>, T>(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        SimdPairs.Run<VectorPairForm<TFunction>, T>(a, [b], y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        SimdPairs.Run<VectorPairForm<TFunction>, T>([a], b, y);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
        GradientShape.Check(TFunction.Pullback(a, b, y, dy, input), Name, y.Shape, input);
}
