using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>(m - x) / m, the slope of the deviance in the expectation; 1 for x = 0, also where m is 0.</summary>
internal readonly struct DevianceSlopeFunction : ISimdPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V a, V b) where V : unmanaged, ISimd<V, double> => V.Select(V.Equal(a, V.Of(0)), V.Of(1), (b - a) / b);
}
