using System.Numerics;

namespace Pyrite.Ops.Elementwise.Roundings;

/// <summary>The largest whole number not above a / b.</summary>
internal readonly struct FloorDivideKernel : IBinaryKernel
{
    public static string Name => "floor divide";

    public static bool KeepsIntegers => true;

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

    public static long Invoke(long a, long b) => (a / b) - ((a % b != 0) && ((a < 0) != (b < 0)) ? 1 : 0);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => null;

    /// <summary>By the exact remainder, so that rounding of a / b cannot cross a whole number; a / 0 is what division gives.</summary>
    private static T Of<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rest = a % b;
        if (b == T.Zero)
        {
            return a / b;
        }
        T whole = T.Round((a - rest) / b);
        return rest != T.Zero && T.IsNegative(rest) != T.IsNegative(b) ? whole - T.One : whole;
    }
}
