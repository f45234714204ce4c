using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>log Γ(a) - x log x + x for x = a - 1, which grows like ½ log 2πx; for a of 1 or below x log x counts as 0.</summary>
/// <remarks>From x = 10 on by Stirling's series (DLMF 5.11.1), so that nothing large cancels; a of 1 or below are not reduced by 1 first, which keeps
/// the digits of small ones.</remarks>
internal readonly struct ShapeRestFunction : IDoubleFunction
{
    private const double SeriesFrom = 11;
    private const double Huge = 1e300;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V a) where V : unmanaged, ISimd<V, double>
    {
        V x = a - V.Of(1);
        V log = LogFunction.Double(V.Select(V.Less(V.Of(1), a), x, V.Of(1)));
        V inverse = V.Of(1) / x;
        V y = V.MultiplyAdd(V.Of(0.5), log, V.Of(HalfLogTwoPi)) + (LogGammaFunction.Correction(inverse * inverse) * inverse);
        V isSmall = V.Less(a, V.Of(SeriesFrom));
        if (V.Any(isSmall))
        {
            V moderate = V.Smaller(V.Of(SeriesFrom), a);
            y = V.Select(isSmall, (LogGammaFunction.Of(moderate) - (x * log)) + x, y);
        }
        V isOrdinary = V.Less(V.Of(0), a) & V.Less(a, V.Of(Huge));
        V isOther = V.Equal(isOrdinary & V.Of(1), V.Of(0));
        return V.Any(isOther) ? SimdPatch.Apply<Rule, V, double>(isOther, a, y) : y;
    }

    private readonly struct Rule : IScalarRule<double>
    {
        public static double Of(double x) => DevianceMath.ShapeRest(x);
    }
}
