using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Engine;

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
            TensorPrimitives.Exp(part, part);
            LogOnePlus(part);
            Span<T> target = y.Slice(start, length);
            TensorPrimitives.Max(source, T.Zero, target);
            TensorPrimitives.Add(target, part, target);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Sigmoid();

    /// <summary>log(1 + u) for u in [0, 1], without the loss of small u: log(w)·u / (w - 1) with w = 1 + u (Kahan's trick).</summary>
    internal static void LogOnePlus<T>(Span<T> u) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> w = stackalloc T[Tile];
        Span<T> log = stackalloc T[Tile];
        w = w[..u.Length];
        log = log[..u.Length];
        TensorPrimitives.Add(u, T.One, w);
        TensorPrimitives.Log(w, log);
        for (int i = 0; i < u.Length; i++)
        {
            T excess = w[i] - T.One;
            u[i] = excess == T.Zero ? u[i] : log[i] * (u[i] / excess);
        }
    }
}
