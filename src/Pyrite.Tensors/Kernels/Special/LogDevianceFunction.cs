using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>The deviance of a count a from the expectation eᵇ, for logarithms b of any size.</summary>
/// <remarks>The slope of the deviance is 0 at the expectation, so the rounding of eᵇ does not show.</remarks>
internal readonly struct LogDevianceFunction : ISimdPairFunction
{
    private const double Tiny = 1e-150, Huge = 1e150, Reach = 300;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V a, V b) where V : unmanaged, ISimd<V, double>
    {
        V isZero = V.Equal(a, V.Of(0));
        V m = ExpFunction.Double(b);
        V y = V.Select(isZero, m, DevianceFunction.OfPositive(a, m));
        V isOrdinary = isZero | (V.Less(V.Of(Tiny), a) & V.Less(a, V.Of(Huge)) & V.Less(V.Abs(b), V.Of(Reach)));
        V isOther = V.Equal(isOrdinary & V.Of(1), V.Of(0));
        return V.Any(isOther) ? Patch(isOther, a, b, y) : y;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Patch<V>(V mask, V a, V b, V y) where V : unmanaged, ISimd<V, double>
    {
        V values = a;
        for (int i = 0; i < V.Count; i++)
        {
            ref double lane = ref Unsafe.Add(ref Unsafe.As<V, double>(ref values), i);
            lane = DevianceMath.LogDeviance(lane, Unsafe.Add(ref Unsafe.As<V, double>(ref b), i));
        }
        return V.Select(mask, values, y);
    }
}
