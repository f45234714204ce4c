using System.Numerics;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Inverse hyperbolic sine.</summary>
internal readonly struct AsinhKernel : IUnaryKernel
{
    public static string Name => "asinh";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Asinh(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (1.0 + x.Square()).ReciprocalSqrt();
}
