using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>log Γ(x): from 10 by Stirling's series, below through the series of log Γ(2 + z) and the recurrence; x ≤ 0 one by one.</summary>
/// <remarks>NIST Digital Library of Mathematical Functions, 5.11.1 and 5.5.1. The polynomial for log Γ(2 + z) / z, |z| ≤ ½, is a Chebyshev fit of
/// this project. Relatively exact near the zeros 1 and 2: what goes to 0 there is a polynomial times z, and log x.</remarks>
internal readonly struct LogGammaFunction : IDoubleFunction
{
    private const double StirlingFrom = 10;
    private const double Tiny = 1e-290, Huge = 1e300;

    /// <summary>½ log 2π - ½.</summary>
    private const double Constant = 0.41893853320467274;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V isSmall = V.Less(x, V.Of(StirlingFrom));
        V argument = x;
        V z = V.Of(0);
        V sign = V.Of(0);
        if (V.Any(isSmall))
        {
            // z = x, x - 1 or x - 2 (after x has come down to at most 2.5); the argument collects the factors of the recurrence.
            V isLow = V.Less(x, V.Of(0.5));
            V isFirst = V.Less(x, V.Of(1.5));
            V low = V.MultiplyAdd(x, x, x);
            V product = V.Of(1);
            V moved = V.Smaller(V.Of(StirlingFrom), x);
            for (V isAbove = V.Less(V.Of(2.5), moved); V.Any(isAbove); isAbove = V.Less(V.Of(2.5), moved))
            {
                moved -= isAbove & V.Of(1);
                product *= V.Select(isAbove, moved, V.Of(1));
            }
            argument = V.Select(isSmall, V.Select(isLow, low, V.Select(isFirst, x, product)), x);
            z = V.Select(isLow, x, moved - V.Select(isFirst, V.Of(1), V.Of(2)));
            sign = V.Select(isFirst, V.Of(-1), V.Of(1));
        }
        V log = LogFunction.Double(argument);
        V y = V.Of(0);
        if (V.Any(isSmall))
        {
            y = V.MultiplyAdd(sign, log, z * AboutTwo(z));
        }
        V isLarge = V.Less(V.Of(StirlingFrom - 0.5), V.Select(isSmall, V.Of(0), x));
        if (V.Any(isLarge))
        {
            V inverse = V.Of(1) / x;
            V stirling = V.MultiplyAdd(x - V.Of(0.5), log - V.Of(1), V.Of(Constant)) + (Correction(inverse * inverse) * inverse);
            y = V.Select(isLarge, stirling, y);
        }
        V isOrdinary = V.Less(V.Of(Tiny), x) & V.Less(x, V.Of(Huge));
        V isOther = V.Equal(isOrdinary & V.Of(1), V.Of(0));
        return V.Any(isOther) ? SimdPatch.Apply<Rule, V, double>(isOther, x, y) : y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AboutTwo<V>(V z) where V : unmanaged, ISimd<V, double> => V.Of(2.7475390051909663e-07)
        .Horner(z, -5.811277768921246e-07).Horner(z, 9.242852225162277e-07).Horner(z, -1.9743106888421067e-06).Horner(z, 4.3828545383846665e-06)
        .Horner(z, -9.45628851510172e-06).Horner(z, 2.050601970174762e-05).Horner(z, -4.4923727564247656e-05).Horner(z, 9.945761692157133e-05)
        .Horner(z, -0.00022315497746292723).Horner(z, 0.0005096695196526673).Horner(z, -0.0011927539009983087).Horner(z, 0.002890510330865901)
        .Horner(z, -0.007385551028935545).Horner(z, 0.02058080842778338).Horner(z, -0.06735230105319563).Horner(z, 0.3224670334241132)
        .Horner(z, 0.42278433509846713);

    /// <summary>Σ B₂ₖ / (2k (2k - 1)) wᵏ⁻¹ with w = 1 / x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Correction<V>(V w) where V : unmanaged, ISimd<V, double> => V.Of(-3617.0 / 122400)
        .Horner(w, 1.0 / 156).Horner(w, -691.0 / 360360).Horner(w, 1.0 / 1188).Horner(w, -1.0 / 1680).Horner(w, 1.0 / 1260).Horner(w, -1.0 / 360)
        .Horner(w, 1.0 / 12);

    private readonly struct Rule : IScalarRule<double>
    {
        public static double Of(double x) => GammaMath.LogGamma(x);
    }
}
