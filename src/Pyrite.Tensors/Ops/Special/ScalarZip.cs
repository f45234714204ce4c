using System.Numerics;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Special;

/// <summary>Runs a scalar function of two arguments over elements.</summary>
internal readonly struct ScalarZip<TFunction> : IBinaryKernel
    where TFunction : struct, IScalarFunction2
{
    public static string Name => TFunction.Name;

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.CreateTruncating(TFunction.Of(double.CreateTruncating(a[i]), double.CreateTruncating(b[i])));
        }
    }

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double second = double.CreateTruncating(b);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.CreateTruncating(TFunction.Of(double.CreateTruncating(a[i]), second));
        }
    }

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double first = double.CreateTruncating(a);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.CreateTruncating(TFunction.Of(first, double.CreateTruncating(b[i])));
        }
    }

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => TFunction.Pullback(a, b, y, dy, input);
}
