using System.Numerics;

namespace Pyrite.Ops.Elementwise.Roundings;

/// <summary>What division leaves over, with the sign of the divisor.</summary>
internal readonly struct RemainderKernel : IBinaryKernel
{
    public static string Name => "remainder";

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

    public static long Invoke(long a, long b) => Of(a, b);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy : -dy * (a / b).Floor();

    private static T Of<T>(T a, T b) where T : INumber<T>
    {
        T rest = a % b;
        return rest != T.Zero && T.IsNegative(rest) != T.IsNegative(b) ? rest + b : rest;
    }
}
