using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Elementwise;

/// <summary>x·l - log(1 + eˡ): the log-probability of an outcome x in [0, 1] under log-odds l; minus infinity for other x.</summary>
/// <remarks>x·l - max(l, 0) is exact for x of 0 and 1; what remains is <see cref="SoftplusTailFunction"/>. Infinite log-odds mean
/// certainty.</remarks>
internal readonly struct BernoulliScoreFunction : ISimdPairFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V a, V b) where V : unmanaged, ISimd<V, double>
    {
        V zero = V.Of(0), one = V.Of(1), impossible = V.Of(double.NegativeInfinity);
        V score = ((a * b) - V.Larger(zero, b)) - SoftplusTailFunction.Double(b);
        V certain = V.Select(V.Equal(a, V.Select(V.Less(zero, b), one, zero)), zero, impossible);
        score = V.Select(V.Equal(V.Abs(b), V.Of(double.PositiveInfinity)), certain, score);
        return V.Select(V.Equal(a, V.Larger(zero, V.Smaller(one, a))), score, impossible);
    }
}
