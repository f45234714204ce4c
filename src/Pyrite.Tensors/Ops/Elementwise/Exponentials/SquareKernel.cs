using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>x².</summary>
internal readonly struct SquareKernel : IUnaryKernel
{
    public static string Name => "square";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Square);

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Multiply(x, x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (2.0 * x);
}
