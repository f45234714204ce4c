using System.Numerics;

namespace Pyrite.Ops.Elementwise.Activating;

/// <summary>x where it is positive, else slope · x.</summary>
internal readonly record struct LeakyRelu(double Slope) : IUnaryFunction
{
    public string Name => "leaky relu";

    public void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T slope = T.CreateTruncating(Slope);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] > T.Zero ? x[i] : slope * x[i];
        }
    }

    public Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => Tensor.Where(x > 0, dy, Slope * dy);
}
