using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>The deviance of a count a from the product b c.</summary>
internal readonly struct ScaledDevianceFunction : ISimdTripleFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V a, V b, V c) where V : unmanaged, ISimd<V, double> => DevianceFunction.Double(a, b * c);
}
