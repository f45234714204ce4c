using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels;

namespace Pyrite.Ops;

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal readonly struct SigmoidKernel : IUnaryKernel
{
    private const int Tile = 512;

    public static string Name => "sigmoid";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            TensorPrimitives.Sigmoid(x, y);
            return;
        }
        for (int start = 0; start < x.Length; start += Tile)
        {
            int length = Math.Min(Tile, x.Length - start);
            Span<T> target = y.Slice(start, length);
            TensorPrimitives.Negate(x.Slice(start, length), target);
            ExponentialKernel.Exp<T>(target, target);
            TensorPrimitives.Add(target, T.One, target);
            TensorPrimitives.Divide(T.One, target, target);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * y * (1.0 - y);
}
