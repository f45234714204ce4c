using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Special;

/// <summary>The deviance from the exponential of the second argument.</summary>
internal readonly struct LogDevianceKernel : IBinaryKernel
{
    public static string Name => "deviance of a logarithm";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfPair<LogDevianceFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.Run<LogDevianceFunction, T>(a, b, y);

    public static void Invoke<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.Run<LogDevianceFunction, T>(a, [b], y);

    public static void Invoke<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.Run<LogDevianceFunction, T>([a], b, y);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => dy * (input == 0 ? a.Log() - b : b.Exp() - a);
}
