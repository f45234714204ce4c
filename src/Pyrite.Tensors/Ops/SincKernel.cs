using System.Numerics;

namespace Pyrite.Engine;

/// <summary>sin(πx) / (πx).</summary>
internal readonly struct SincKernel : IUnaryKernel
{
    public static string Name => "sinc";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] == T.Zero ? T.One : T.SinPi(x[i]) / (T.Pi * x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * Tensor.Where(x.EqualTo(0), 0.0, ((x * Math.PI).Cos() - y) / x);
}
