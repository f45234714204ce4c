using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Ops.Elementwise.Roundings;

/// <summary>The smallest whole number not below x.</summary>
internal readonly struct CeilingKernel : IUnaryKernel
{
    public static string Name => "ceiling";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Ceiling(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => null;
}
