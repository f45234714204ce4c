using System.Numerics;

namespace Pyrite.Engine;

/// <summary>The largest whole number not above a / b.</summary>
internal readonly struct FloorDivideKernel : IBinaryKernel
{
    public static string Name => "floor divide";

    public static bool KeepsIntegers => true;

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.Floor(a[i] / b[i]);
        }
    }

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.Floor(a[i] / b);
        }
    }

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.Floor(a / b[i]);
        }
    }

    public static long Invoke(long a, long b) => (a / b) - ((a % b != 0) && ((a < 0) != (b < 0)) ? 1 : 0);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => null;
}
