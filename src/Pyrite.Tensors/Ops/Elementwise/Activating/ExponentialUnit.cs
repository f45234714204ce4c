using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Ops.Elementwise.Activating;

/// <summary>scale · x where x is positive, else scale · alpha · (e^(x·rate) - 1): ELU, CELU and SELU.</summary>
internal readonly record struct ExponentialUnit(double Alpha, double Scale, double Rate) : IUnaryFunction
{
    private const int Tile = 512;

    public string Name => "elu";

    public void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scale = T.CreateTruncating(Scale);
        T depth = T.CreateTruncating(Scale * Alpha);
        T rate = T.CreateTruncating(Rate);
        Span<T> room = stackalloc T[Math.Min(Tile, x.Length)];
        for (int start = 0; start < x.Length; start += Tile)
        {
            ReadOnlySpan<T> source = x.Slice(start, Math.Min(Tile, x.Length - start));
            Span<T> target = y.Slice(start, source.Length);
            Span<T> below = room[..source.Length];
            TensorPrimitives.Multiply(source, rate, below);
            SimdMap.Run<Expm1Function, T>(below, below);
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = source[i] > T.Zero ? scale * source[i] : depth * below[i];
            }
        }
    }

    /// <summary>Below 0 the slope is rate · (y + scale · alpha), which stays finite in the branch not taken.</summary>
    public Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * Tensor.Where(x > 0, Scale, Rate * (y + (Scale * Alpha)));
}
