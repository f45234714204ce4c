using System.Numerics;

namespace Pyrite.Ops.Elementwise.Bounds;

/// <summary>x with NaN and the infinities replaced by numbers.</summary>
internal readonly record struct NanToNumber(double Nan, double PositiveInfinity, double NegativeInfinity) : IUnaryFunction
{
    public string Name => "nan to number";

    public void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.IsFinite(x[i]) ? x[i] : T.CreateSaturating(T.IsNaN(x[i]) ? Nan : x[i] > T.Zero ? PositiveInfinity : NegativeInfinity);
        }
    }

    public Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => Tensor.Where(x.IsFinite(), dy, 0.0);
}
