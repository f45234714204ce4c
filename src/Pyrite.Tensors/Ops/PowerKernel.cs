using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Engine;

/// <summary>a to the power of b.</summary>
internal readonly struct PowerKernel : IBinaryKernel
{
    public static string Name => "power";

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Pow(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Pow(a, b, y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Pow(a, b, y);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy * b * a.Pow(b - 1) : dy * y * a.Log();
}
