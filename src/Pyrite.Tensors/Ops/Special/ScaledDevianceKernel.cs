using System.Numerics;
using Pyrite.Kernels.Code;
using Pyrite.Kernels.Simd;
using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Special;

/// <summary>The deviance of a count k from the product of a rate and a time.</summary>
/// <remarks>Slopes in rate and time are written so that no quotient leaves the range where the product is hardly above 0.</remarks>
internal readonly struct ScaledDevianceKernel : ITripleKernel
{
    public static string Name => "deviance from a product";

    public static ElementwiseForm? Form { get; } = ElementwiseForm.OfTriple<ScaledDevianceFunction>();

    public static void Invoke<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        WidePairs.RunTriples<ScaledDevianceFunction, T>(a, b, c, y);

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor c, Tensor dy, int input) => dy * input switch
    {
        0 => a.DevianceByCount(b * c),
        1 => c - a.ZeroOver(b),
        _ => b - a.ZeroOver(c),
    };
}
