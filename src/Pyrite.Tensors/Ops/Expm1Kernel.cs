using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels;

namespace Pyrite.Ops;

/// <summary>eˣ - 1 without the loss of small x: (u - 1)·x / log(u) with u = eˣ (Kahan's trick).</summary>
internal readonly struct Expm1Kernel : IUnaryKernel
{
    private const int Tile = 512;

    public static string Name => "expm1";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> exponential = stackalloc T[Tile];
        Span<T> logarithm = stackalloc T[Tile];
        for (int start = 0; start < x.Length; start += Tile)
        {
            int length = Math.Min(Tile, x.Length - start);
            ReadOnlySpan<T> source = x.Slice(start, length);
            Span<T> target = y.Slice(start, length);
            Span<T> u = exponential[..length];
            Span<T> log = logarithm[..length];
            ExponentialKernel.Exp<T>(source, u);
            TensorPrimitives.Log(u, log);
            SmallArgumentKernel.FinishExpMinusOne<T>(source, u, log, target);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (1.0 + y);
}
