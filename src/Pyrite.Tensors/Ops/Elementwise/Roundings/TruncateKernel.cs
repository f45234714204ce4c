using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Ops.Elementwise.Roundings;

/// <summary>The whole part, towards zero.</summary>
internal readonly struct TruncateKernel : IUnaryKernel
{
    public static string Name => "truncate";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Truncate(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => null;
}
