using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Ops.Elementwise.Roundings;

/// <summary>The largest whole number not above x.</summary>
internal readonly struct FloorKernel : IUnaryKernel
{
    public static string Name => "floor";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Floor(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => null;
}
