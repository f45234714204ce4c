using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise;

/// <summary>a · b.</summary>
internal readonly struct MultiplyKernel : IBinaryKernel
{
    public static string Name => "multiply";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Multiply);

    public static bool KeepsIntegers => true;

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Multiply(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Multiply(a, b, y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Multiply(b, a, y);

    public static long Invoke(long a, long b) => a * b;

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy * b : dy * a;
}
