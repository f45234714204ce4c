using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Engine;

/// <summary>Hyperbolic tangent; near 0 by its series, where the difference of exponentials would lose digits.</summary>
internal readonly struct TanhKernel : IUnaryKernel
{
    private const int Tile = 512;
    private const double SeriesBelow = 0.03;

    public static string Name => "tanh";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T limit = T.CreateTruncating(SeriesBelow);
        (T c3, T c5, T c7, T c9) = (T.CreateTruncating(-1.0 / 3), T.CreateTruncating(2.0 / 15), T.CreateTruncating(-17.0 / 315), T.CreateTruncating(62.0 / 2835));
        Span<T> computed = stackalloc T[Tile];
        for (int start = 0; start < x.Length; start += Tile)
        {
            int length = Math.Min(Tile, x.Length - start);
            ReadOnlySpan<T> source = x.Slice(start, length);
            Span<T> target = y.Slice(start, length);
            TensorPrimitives.Tanh(source, computed);
            for (int i = 0; i < length; i++)
            {
                T value = source[i];
                T square = value * value;
                T series = value + (value * square * (c3 + (square * (c5 + (square * (c7 + (square * c9)))))));
                target[i] = T.Abs(value) < limit ? series : computed[i];
            }
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (1.0 - y.Square());
}
