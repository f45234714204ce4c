using System.Numerics;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Hyperbolic cosine.</summary>
internal readonly struct CoshKernel : IUnaryKernel
{
    public static string Name => "cosh";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Cosh(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Sinh();
}
