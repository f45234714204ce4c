using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Kernels;

/// <summary>eˣ with bits that depend on each element alone.</summary>
/// <remarks>
/// <see cref="TensorPrimitives"/> takes another path for a whole vector of Float64 when one of its elements leaves ±708; which elements share
/// a vector depends on where memory lies. Here such elements are computed one by one, so that their neighbours never change.
/// </remarks>
internal static class ExponentialKernel
{
    private const int Tile = 512;
    private const double Limit = 708;

    /// <summary>y = eˣ; both spans have the same length and may be the same memory.</summary>
    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(double))
        {
            TensorPrimitives.Exp(x, y);
            return;
        }
        T limit = T.CreateTruncating(Limit);
        for (int start = 0; start < x.Length; start += Tile)
        {
            int length = Math.Min(Tile, x.Length - start);
            ReadOnlySpan<T> source = x.Slice(start, length);
            Span<T> target = y.Slice(start, length);
            if (T.Abs(TensorPrimitives.MaxMagnitude(source)) <= limit)
            {
                TensorPrimitives.Exp(source, target);
            }
            else
            {
                ExpBeyond(source, target, limit);
            }
        }
    }

    private static void ExpBeyond<T>(ReadOnlySpan<T> x, Span<T> y, T limit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> inside = stackalloc T[Tile];
        inside = inside[..x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            inside[i] = T.Abs(x[i]) <= limit ? x[i] : T.Zero;
        }
        TensorPrimitives.Exp(inside, inside);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Abs(x[i]) <= limit ? inside[i] : T.Exp(x[i]);
        }
    }
}
