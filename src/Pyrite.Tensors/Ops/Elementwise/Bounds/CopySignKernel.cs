using System.Numerics;

namespace Pyrite.Ops.Elementwise.Bounds;

/// <summary>The size of a with the sign of b.</summary>
internal readonly struct CopySignKernel : IBinaryKernel
{
    public static string Name => "copy sign";

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.CopySign(a[i], b[i]);
        }
    }

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.CopySign(a[i], b);
        }
    }

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.CopySign(a, b[i]);
        }
    }

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
        input == 0 ? dy * Tensor.Where(a.EqualTo(0), 0.0, y / a) : null;
}
