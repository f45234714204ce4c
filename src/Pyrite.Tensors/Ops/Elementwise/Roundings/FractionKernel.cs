using System.Numerics;

namespace Pyrite.Ops.Elementwise.Roundings;

/// <summary>What truncation cuts off.</summary>
internal readonly struct FractionKernel : IUnaryKernel
{
    public static string Name => "fraction";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] - T.Truncate(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy;
}
