using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise.Bounds;

/// <summary>The smaller of two numbers; NaN wins.</summary>
internal readonly struct MinimumKernel : IBinaryKernel
{
    public static string Name => "minimum";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Minimum);

    public static bool KeepsIntegers => true;

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Min(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Min(a, b, y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Min(b, a, y);

    public static long Invoke(long a, long b) => Math.Min(a, b);

    /// <summary>A tie gives half to each side.</summary>
    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
    {
        Tensor wins = input == 0 ? a < b : b < a;
        return dy * Tensor.Where(a.EqualTo(b), 0.5, wins.To(dy.DType));
    }
}
