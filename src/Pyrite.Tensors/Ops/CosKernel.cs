using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Ops;

/// <summary>Cosine.</summary>
internal readonly struct CosKernel : IUnaryKernel
{
    public static string Name => "cos";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Cos(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * x.Sin();
}
