using System.Numerics;

namespace Pyrite.Engine;

/// <summary>log(eᵃ + eᵇ) without overflow.</summary>
internal readonly struct LogAddExpKernel : IBinaryKernel
{
    public static string Name => "logaddexp";

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Of(a[i], b[i]);
        }
    }

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Of(a[i], b);
        }
    }

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Of(a, b[i]);
        }
    }

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => dy * (input == 0 ? a - b : b - a).Sigmoid();

    /// <summary>Equal infinities are their own result; adding log 2 to them changes nothing.</summary>
    private static T Of<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T gap = a == b ? T.Zero : T.Abs(a - b);
        T u = T.Exp(-gap);
        T w = T.One + u;
        T excess = w - T.One;
        return T.Max(a, b) + (excess == T.Zero ? u : T.Log(w) * (u / excess));
    }
}
