
namespace Pyrite.Kernels.Special;

/// <summary>The incomplete gamma functions of large shapes, where series and continued fractions need √a steps: quadrature outwards from x, over log
/// t.</summary>
/// <remarks>
/// With t = x e^(±s) the integrand tᵃ e⁻ᵗ falls from its value at x by |x - a| s + x (e^(±s) - 1 ∓ s), in which nothing cancels. The derivatives in a
/// are factors log t - ψ(a) and (log t - ψ(a))² - ψ′(a) in the integrand.
/// </remarks>
internal static class LargeGammaMath
{
    /// <summary>From here on quadrature (some 160 terms) takes fewer steps than the series do (about 8√a).</summary>
    public const double From = 1e4;

    /// <summary>Whether the smaller tail is the lower one.</summary>
    public static bool IsLower(double a, double x) => x < a;

    /// <summary>log of the tail away from the mode: P for x below a, else Q.</summary>
    public static double LogTail(double a, double x) => LogDensity(a, x) + Math.Log(Integral(a, x, null));

    /// <summary>The derivative of that tail in a.</summary>
    public static double TailByShape(double a, double x) => Math.Exp(LogDensity(a, x)) * Integral(a, x, excess => excess);

    /// <summary>The derivative of the logarithm of that tail in a, also where the tail underflows.</summary>
    public static double LogTailByShape(double a, double x) => Integral(a, x, excess => excess) / Integral(a, x, null);

    /// <summary>The second derivative of that tail in a.</summary>
    public static double TailByShapeTwice(double a, double x)
    {
        double variance = GammaMath.Polygamma(1, a);
        return Math.Exp(LogDensity(a, x)) * Integral(a, x, excess => (excess * excess) - variance);
    }

    /// <summary>log x - ψ(a): how far the logarithm of a Gamma variable lies above its mean.</summary>
    public static double Excess(double a, double x) => a < From
        ? Math.Log(x) - GammaMath.Digamma(a)
        : LogRatio(x, a) - GammaMath.DigammaMinusLog(a);

    /// <summary>log(xᵃ e⁻ˣ / Γ(a)), the density of log t at log x.</summary>
    private static double LogDensity(double a, double x) => IncompleteGammaMath.LogLeading(a, x) + Math.Log(a);

    private static double Integral(double a, double x, Func<double, double>? weight)
    {
        double sign = IsLower(a, x) ? -1 : 1;
        double slope = Math.Abs(x - a);
        double start = Excess(a, x);
        return TailIntegral.Of(
            1 / (Math.Sqrt(a) + slope),
            s => (slope * s) + (x * RealFunctions.Expm1Minus(sign * s)),
            weight is null ? null : s => weight(start + (sign * s)));
    }

    /// <summary>log(x / a) without the rounding of a quotient close to 1.</summary>
    private static double LogRatio(double x, double a) => x > 0.5 * a && x < 2 * a ? RealFunctions.Log1p((x - a) / a) : Math.Log(x / a);
}
