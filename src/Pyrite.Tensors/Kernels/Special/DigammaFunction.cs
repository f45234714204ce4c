using System.Runtime.CompilerServices;
using Pyrite.Kernels.Elementwise;
using Pyrite.Kernels.Simd;

namespace Pyrite.Kernels.Special;

/// <summary>ψ(x), the derivative of log Γ: the asymptotic series from 10 on, the recurrence below; x ≤ 0 one by one.</summary>
/// <remarks>NIST Digital Library of Mathematical Functions, 5.11.2 and 5.5.2. The reciprocals of the recurrence are added as one fraction.</remarks>
internal readonly struct DigammaFunction : IDoubleFunction
{
    private const double SeriesFrom = 10;
    private const double Tiny = 1e-290, Huge = 1e300;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x) where V : unmanaged, ISimd<V, double>
    {
        V moved = V.Larger(V.Of(Tiny), x);
        V numerator = V.Of(0);
        V denominator = V.Of(1);
        for (V isBelow = V.Less(moved, V.Of(SeriesFrom)); V.Any(isBelow); isBelow = V.Less(moved, V.Of(SeriesFrom)))
        {
            numerator = V.Select(isBelow, V.MultiplyAdd(numerator, moved, denominator), numerator);
            denominator *= V.Select(isBelow, moved, V.Of(1));
            moved += isBelow & V.Of(1);
        }
        V inverse = V.Of(1) / moved;
        V w = inverse * inverse;
        V series = V.Of(-174611.0 / 6600).Horner(w, 43867.0 / 14364).Horner(w, -3617.0 / 8160).Horner(w, 1.0 / 12).Horner(w, -691.0 / 32760)
            .Horner(w, 1.0 / 132).Horner(w, -1.0 / 240).Horner(w, 1.0 / 252).Horner(w, -1.0 / 120).Horner(w, 1.0 / 12);
        V y = LogFunction.Double(moved) - (V.Of(0.5) * inverse) - (series * w) - (numerator / denominator);
        V isOrdinary = V.Less(V.Of(Tiny), x) & V.Less(x, V.Of(Huge));
        V isOther = V.Equal(isOrdinary & V.Of(1), V.Of(0));
        return V.Any(isOther) ? SimdPatch.Apply<Rule, V, double>(isOther, x, y) : y;
    }

    private readonly struct Rule : IScalarRule<double>
    {
        public static double Of(double x) => GammaMath.Digamma(x);
    }
}
