using System.Runtime.CompilerServices;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>k log(k / np) + j log(j / nq) with n = k + j: what k successes and j failures fall short of their expectation in
/// log-probability.</summary>
/// <remarks>Loader (2000): the sum of the deviances of both counts. Where k or j is 0 or below it is -k log p - j log q.</remarks>
internal readonly struct CoinDevianceFunction<TCoin> : ISimdTripleFunction
    where TCoin : struct, ICoinSide
{
    private const double Tiny = 1e-100, Huge = 1e100;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Double<V>(V a, V b, V c) where V : unmanaged, ISimd<V, double>
    {
        TCoin.Chances(c, out V success, out V failure);
        V total = a + b;
        V one = total * success;
        V zero = total * failure;
        V hasOne = V.Less(V.Of(Tiny), a);
        V hasZero = V.Less(V.Of(Tiny), b);
        V y = V.Select(hasOne, DevianceFunction.OfPositive(a, one), one) + V.Select(hasZero, DevianceFunction.OfPositive(b, zero), zero);
        V isOrdinary = (hasOne | V.Equal(a, V.Of(0))) & (hasZero | V.Equal(b, V.Of(0))) & (hasOne | hasZero)
            & V.Less(total, V.Of(Huge)) & V.Less(V.Of(Tiny), one) & V.Less(V.Of(Tiny), zero);
        V isOther = V.Equal(isOrdinary & V.Of(1), V.Of(0));
        return V.Any(isOther) ? Patch(isOther, a, b, c, y) : y;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V Patch<V>(V mask, V a, V b, V c, V y) where V : unmanaged, ISimd<V, double>
    {
        V values = a;
        for (int i = 0; i < V.Count; i++)
        {
            ref double lane = ref Unsafe.Add(ref Unsafe.As<V, double>(ref values), i);
            lane =
                DevianceMath.CoinDeviance<TCoin>(lane, Unsafe.Add(ref Unsafe.As<V, double>(ref b), i),
                    Unsafe.Add(ref Unsafe.As<V, double>(ref c), i));
        }
        return V.Select(mask, values, y);
    }
}
