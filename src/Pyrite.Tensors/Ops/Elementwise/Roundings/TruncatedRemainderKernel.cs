using System.Numerics;

namespace Pyrite.Ops.Elementwise.Roundings;

/// <summary>What division leaves over, with the sign of the dividend.</summary>
internal readonly struct TruncatedRemainderKernel : IBinaryKernel
{
    public static string Name => "truncated remainder";

    public static bool KeepsIntegers => true;

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = a[i] % b[i];
        }
    }

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = a[i] % b;
        }
    }

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = a % b[i];
        }
    }

    public static long Invoke(long a, long b) => a % b;

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy : -dy * (a / b).Truncate();
}
