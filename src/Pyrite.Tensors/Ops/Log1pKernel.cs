using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels;

namespace Pyrite.Ops;

/// <summary>log(1 + x) without the loss of small x: log(w)·x / (w - 1) with w = 1 + x (Kahan's trick).</summary>
internal readonly struct Log1pKernel : IUnaryKernel
{
    private const int Tile = 512;

    public static string Name => "log1p";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> plusOne = stackalloc T[Tile];
        Span<T> logarithm = stackalloc T[Tile];
        for (int start = 0; start < x.Length; start += Tile)
        {
            int length = Math.Min(Tile, x.Length - start);
            ReadOnlySpan<T> source = x.Slice(start, length);
            Span<T> target = y.Slice(start, length);
            Span<T> w = plusOne[..length];
            Span<T> log = logarithm[..length];
            TensorPrimitives.Add(source, T.One, w);
            TensorPrimitives.Log(w, log);
            SmallArgumentKernel.FinishLogOnePlus<T>(source, w, log, target);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / (1.0 + x);
}
