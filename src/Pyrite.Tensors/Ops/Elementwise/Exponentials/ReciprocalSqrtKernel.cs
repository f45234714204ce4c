using System.Numerics;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>1 / √x.</summary>
internal readonly struct ReciprocalSqrtKernel : IUnaryKernel
{
    public static string Name => "rsqrt";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.One / T.Sqrt(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (-0.5 * (y * y.Square()));
}
