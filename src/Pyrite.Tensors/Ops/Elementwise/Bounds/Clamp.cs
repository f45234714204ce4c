using System.Numerics;

namespace Pyrite.Ops.Elementwise.Bounds;

/// <summary>x cut off at two bounds; at the bounds the gradient passes if they are inclusive.</summary>
internal readonly record struct Clamp(double Low, double High, bool Inclusive) : IUnaryFunction
{
    public string Name => "clamp";

    public void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T low = T.CreateTruncating(Low);
        T high = T.CreateTruncating(High);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Min(T.Max(x[i], low), high);
        }
    }

    public Tensor? Pullback(Tensor x, Tensor y, Tensor dy) =>
        Tensor.Where(Inclusive ? (x >= Low) & (x <= High) : (x > Low) & (x < High), dy, 0.0);
}
