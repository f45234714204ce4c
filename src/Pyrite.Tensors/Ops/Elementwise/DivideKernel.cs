using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>a / b.</summary>
internal readonly struct DivideKernel : IBinaryKernel
{
    public static string Name => "divide";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Divide);

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Divide(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Divide(a, b, y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Divide(a, b, y);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy / b : -(dy * y) / b;
}
