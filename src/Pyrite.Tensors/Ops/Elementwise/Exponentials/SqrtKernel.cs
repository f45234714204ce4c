using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>Square root.</summary>
internal readonly struct SqrtKernel : IUnaryKernel
{
    public static string Name => "sqrt";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Sqrt);

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Sqrt(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / (2.0 * y);
}
