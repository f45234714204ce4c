using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>1 / x.</summary>
internal readonly struct ReciprocalKernel : IUnaryKernel
{
    public static string Name => "reciprocal";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Reciprocal);

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Reciprocal(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * y.Square();
}
