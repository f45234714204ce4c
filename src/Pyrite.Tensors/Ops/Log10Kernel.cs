using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Ops;

/// <summary>Logarithm to base 10.</summary>
internal readonly struct Log10Kernel : IUnaryKernel
{
    public static string Name => "log10";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Log10(x, y);

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / (x * Math.Log(10));
}
