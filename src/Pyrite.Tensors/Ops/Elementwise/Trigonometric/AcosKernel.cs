using System.Numerics;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Inverse cosine.</summary>
internal readonly struct AcosKernel : IUnaryKernel
{
    public static string Name => "acos";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Acos(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * ((1.0 - x) * (1.0 + x)).ReciprocalSqrt();
}
