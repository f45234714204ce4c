using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Kernels;

namespace Pyrite.Ops;

/// <summary>Hyperbolic tangent; near 0 by its series, where the difference of exponentials would lose digits.</summary>
internal readonly struct TanhKernel : IUnaryKernel
{
    private const int Tile = 512;
    private const double SeriesBelow = 0.03;

    public static string Name => "tanh";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T limit = T.CreateTruncating(SeriesBelow);
        ReadOnlySpan<T> series = [T.CreateTruncating(-1.0 / 3), T.CreateTruncating(2.0 / 15), T.CreateTruncating(-17.0 / 315), T.CreateTruncating(62.0 / 2835)];
        Span<T> computed = stackalloc T[Tile];
        for (int start = 0; start < x.Length; start += Tile)
        {
            int length = Math.Min(Tile, x.Length - start);
            ReadOnlySpan<T> source = x.Slice(start, length);
            Span<T> target = y.Slice(start, length);
            TensorPrimitives.Tanh(source, computed);
            SmallArgumentKernel.OddSeriesBelow<T>(source, computed, limit, series, target);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (1.0 - y.Square());
}
