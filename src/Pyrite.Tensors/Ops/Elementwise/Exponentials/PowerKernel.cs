using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>a to the power of b.</summary>
internal readonly struct PowerKernel : IBinaryKernel
{
    public static string Name => "power";

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Pow(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Pow(a, b, y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Pow(a, b, y);

    /// <summary>The rules hold at a = 0 as well: an exponent 0 gives 0 for a, a positive one 0 for b.</summary>
    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0
        ? dy * Tensor.Where(b.EqualTo(0), 0.0, b * a.Pow(b - 1))
        : dy * Tensor.Where(a.EqualTo(0) & (b >= 0), 0.0, y * a.Log());
}
