using System.Numerics;

namespace Pyrite.Ops;

/// <summary>Sine.</summary>
internal readonly struct SinKernel : IUnaryKernel
{
    public static string Name => "sin";

    public static void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Sin(x[i]);
        }
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Cos();
}
