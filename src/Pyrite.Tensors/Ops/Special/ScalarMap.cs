using System.Numerics;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Special;

/// <summary>Runs a scalar function over elements.</summary>
internal readonly struct ScalarMap<TFunction> : IUnaryKernel
    where TFunction : struct, IScalarFunction
{
    public static string Name => TFunction.Name;

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.CreateTruncating(TFunction.Of(double.CreateTruncating(x[i])));
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => TFunction.Pullback(x, y, dy);
}
