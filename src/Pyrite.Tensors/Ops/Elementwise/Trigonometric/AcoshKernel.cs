using System.Numerics;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Inverse hyperbolic cosine.</summary>
internal readonly struct AcoshKernel : IUnaryKernel
{
    public static string Name => "acosh";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Acosh(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ((x - 1.0) * (x + 1.0)).ReciprocalSqrt();
}
