using System.Numerics;

namespace Pyrite.Ops;

/// <summary>Cosine.</summary>
internal readonly struct CosKernel : IUnaryKernel
{
    public static string Name => "cos";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Cos(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * x.Sin();
}
