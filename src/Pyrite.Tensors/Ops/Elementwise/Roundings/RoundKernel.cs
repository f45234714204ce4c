using System.Numerics;

namespace Pyrite.Ops.Elementwise.Roundings;

/// <summary>The nearest whole number, halves to the even one.</summary>
internal readonly struct RoundKernel : IUnaryKernel
{
    public static string Name => "round";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Round(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => null;
}
