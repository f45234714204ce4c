using System.Numerics;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Hyperbolic sine.</summary>
internal readonly struct SinhKernel : IUnaryKernel
{
    public static string Name => "sinh";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Sinh(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Cosh();
}
