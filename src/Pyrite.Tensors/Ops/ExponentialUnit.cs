using System.Numerics;

namespace Pyrite.Ops;

/// <summary>scale · x where x is positive, else scale · alpha · (e^(x·rate) - 1): ELU, CELU and SELU.</summary>
internal readonly record struct ExponentialUnit(double Alpha, double Scale, double Rate) : IUnaryFunction
{
    public string Name => "elu";

    public void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scale = T.CreateTruncating(Scale);
        T depth = T.CreateTruncating(Scale * Alpha);
        T rate = T.CreateTruncating(Rate);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] > T.Zero ? scale * x[i] : depth * ExpMinusOne(x[i] * rate);
        }
    }

    /// <summary>Below 0 the slope is rate · (y + scale · alpha), which stays finite in the branch not taken.</summary>
    public Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * Tensor.Where(x > 0, Scale, Rate * (y + (Scale * Alpha)));

    private static T ExpMinusOne<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T u = T.Exp(x);
        return u == T.One ? x : x < -T.One ? u - T.One : (u - T.One) * (x / T.Log(u));
    }
}
