using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels;

namespace Pyrite.Ops;

/// <summary>log(1 + eˣ) = max(x, 0) + log1p(e^-|x|), exact for any size of x.</summary>
internal readonly struct SoftplusKernel : IUnaryKernel
{
    private const int Tile = 512;

    public static string Name => "softplus";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> tail = stackalloc T[Tile];
        for (int start = 0; start < x.Length; start += Tile)
        {
            int length = Math.Min(Tile, x.Length - start);
            ReadOnlySpan<T> source = x.Slice(start, length);
            Span<T> part = tail[..length];
            TensorPrimitives.Abs(source, part);
            TensorPrimitives.Negate(part, part);
            ExponentialKernel.Exp<T>(part, part);
            Log1pKernel.Invoke<T>(part, part);
            Span<T> target = y.Slice(start, length);
            TensorPrimitives.Max(source, T.Zero, target);
            TensorPrimitives.Add(target, part, target);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Sigmoid();
}
