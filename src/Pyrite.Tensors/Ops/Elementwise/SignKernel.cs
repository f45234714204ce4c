using System.Numerics;

namespace Pyrite.Ops.Elementwise;

/// <summary>-1, 0 or 1; NaN stays NaN.</summary>
internal readonly struct SignKernel : IUnaryKernel
{
    public static string Name => "sign";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] > T.Zero ? T.One : x[i] < T.Zero ? -T.One : x[i];
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => null;
}
