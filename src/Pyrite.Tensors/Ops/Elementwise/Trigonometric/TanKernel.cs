using System.Numerics;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>Tangent.</summary>
internal readonly struct TanKernel : IUnaryKernel
{
    public static string Name => "tan";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Tan(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (1.0 + y.Square());
}
