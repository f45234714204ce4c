using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Code;

namespace Pyrite.Ops.Elementwise.Bounds;

/// <summary>The larger of two numbers; NaN wins.</summary>
internal readonly struct MaximumKernel : IBinaryKernel
{
    public static string Name => "maximum";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.Of(VectorInstruction.Maximum);

    public static bool KeepsIntegers => true;

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Max(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Max(a, b, y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Max(b, a, y);

    public static long Invoke(long a, long b) => Math.Max(a, b);

    /// <summary>A tie gives half to each side.</summary>
    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
    {
        Tensor wins = input == 0 ? a > b : b > a;
        return dy * Tensor.Where(a.EqualTo(b), 0.5, wins.To(dy.DType));
    }
}
