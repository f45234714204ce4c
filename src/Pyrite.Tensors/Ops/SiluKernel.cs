using System.Numerics;

namespace Pyrite.Ops;

/// <summary>x · sigmoid(x).</summary>
internal readonly struct SiluKernel : IUnaryKernel
{
    public static string Name => "silu";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] / (T.One + T.Exp(-x[i]));
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => Slope(x, x.Sigmoid(), dy);

    private static Tensor Slope(Tensor x, Tensor sigmoid, Tensor dy) => dy * (sigmoid * (1.0 + (x * (1.0 - sigmoid))));
}
