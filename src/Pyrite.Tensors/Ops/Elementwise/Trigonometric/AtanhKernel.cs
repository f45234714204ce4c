using System.Numerics;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Inverse hyperbolic tangent.</summary>
internal readonly struct AtanhKernel : IUnaryKernel
{
    public static string Name => "atanh";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Atanh(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / ((1.0 - x) * (1.0 + x));
}
