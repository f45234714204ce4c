using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Engine;

/// <summary>eˣ - 1.</summary>
internal readonly struct Expm1Kernel : IUnaryKernel
{
    public static string Name => "expm1";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.ExpM1(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (1.0 + y);
}
