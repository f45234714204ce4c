using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>-x.</summary>
internal readonly struct NegateKernel : IUnaryKernel
{
    public static string Name => "negate";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Negate);

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Negate(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy;
}
