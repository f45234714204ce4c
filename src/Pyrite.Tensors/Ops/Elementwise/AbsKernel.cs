using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>Absolute value.</summary>
internal readonly struct AbsKernel : IUnaryKernel
{
    public static string Name => "abs";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Abs);

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Abs(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Sign();
}
