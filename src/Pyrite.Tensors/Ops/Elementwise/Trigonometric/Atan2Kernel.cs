using System.Numerics;

namespace Pyrite.Ops.Elementwise.Trigonometric;

/// <summary>The angle of the point (b, a), from -π to π.</summary>
internal readonly struct Atan2Kernel : IBinaryKernel
{
    public static string Name => "atan2";

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.Atan2(a[i], b[i]);
        }
    }

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.Atan2(a[i], b);
        }
    }

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.Atan2(a, b[i]);
        }
    }

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
    {
        Tensor weight = dy / (a.Square() + b.Square());
        return input == 0 ? weight * b : -weight * a;
    }
}
