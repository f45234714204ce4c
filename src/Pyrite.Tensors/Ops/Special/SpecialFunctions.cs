using Pyrite.Kernels.Special;

namespace Pyrite;

/// <summary>Special functions of single numbers: for functions of your own (<see cref="IScalarFunction"/>), samplers and checks. Tensors have them as
/// methods, with gradients.</summary>
/// <remarks>In double precision, with nearly all digits over the whole range: each name says which difference or logarithm is taken without
/// cancellation.</remarks>
public static class SpecialFunctions
{
    /// <summary>log(1 + x), exact for small x.</summary>
    public static double Log1p(double x) => RealFunctions.Log1p(x);

    /// <summary>log(1 + x) - x, which is about -x²/2 for small x.</summary>
    public static double Log1pMinus(double x) => RealFunctions.Log1pMinus(x);

    /// <summary>eˣ - 1, exact for small x.</summary>
    public static double Expm1(double x) => RealFunctions.Expm1(x);

    /// <summary>eˣ - 1 - x, which is about x²/2 for small x.</summary>
    public static double Expm1Minus(double x) => RealFunctions.Expm1Minus(x);

    /// <summary>log(1 - eˣ) for x below 0.</summary>
    public static double Log1mExp(double x) => RealFunctions.Log1mExp(x);

    /// <summary>The error function: 2/√π times the integral of exp(-t²) from 0 to x.</summary>
    public static double Erf(double x) => ErrorMath.Erf(x);

    /// <summary>1 - erf(x), relatively exact for large x.</summary>
    public static double Erfc(double x) => ErrorMath.Erfc(x);

    /// <summary>exp(x²) erfc(x); for large x about 1 / (x √π).</summary>
    public static double Erfcx(double x) => ErrorMath.Erfcx(x);

    /// <summary>P(Z ≤ x) of a standard normal Z.</summary>
    public static double NormalCdf(double x) => ErrorMath.NormalCdf(x);

    /// <summary>log P(Z ≤ x) of a standard normal Z, also where the probability underflows.</summary>
    public static double LogNormalCdf(double x) => ErrorMath.LogNormalCdf(x);

    /// <summary>The x with P(Z ≤ x) = p of a standard normal Z.</summary>
    /// <param name="p">From 0 to 1.</param>
    public static double NormalQuantile(double p) => ErrorMath.NormalQuantile(p);

    /// <summary>The x with log P(Z ≤ x) = logP of a standard normal Z, for probabilities of at most 1/2 or so.</summary>
    /// <param name="logP">0 or less; may be far below what has a probability as a number.</param>
    public static double NormalQuantileFromLog(double logP) => ErrorMath.NormalQuantileFromLog(logP);

    /// <summary>log |Γ(x)|; +∞ at 0, -1, -2, …</summary>
    public static double LogGamma(double x) => GammaMath.LogGamma(x);

    /// <summary>log Γ(x) - ((x - ½) log x - x + ½ log 2π), which goes to 0 like 1 / 12x.</summary>
    /// <param name="x">Positive.</param>
    public static double StirlingCorrection(double x) => GammaMath.StirlingCorrection(x);

    /// <summary>A derivative of <see cref="StirlingCorrection"/>.</summary>
    /// <param name="x">Positive.</param>
    /// <param name="order">1, 2 or 3.</param>
    public static double StirlingCorrectionSlope(double x, int order) => GammaMath.StirlingCorrectionSlope(x, order);

    /// <summary>The derivative ψ of log Γ; NaN at 0, -1, -2, …</summary>
    public static double Digamma(double x) => GammaMath.Digamma(x);

    /// <summary>ψ(x + ½) - ψ(x), which goes to 0 like 1 / 2x.</summary>
    /// <param name="x">Positive.</param>
    public static double DigammaHalfStep(double x) => GammaMath.DigammaHalfStep(x);

    /// <summary>ψ(x + ½) - ψ(x) - 1 / 2x, which goes to 0 like 1 / 8x².</summary>
    /// <param name="x">Positive.</param>
    public static double DigammaHalfStepExcess(double x) => GammaMath.DigammaHalfStepExcess(x);

    /// <summary>The derivative of <see cref="DigammaHalfStepExcess"/>.</summary>
    /// <param name="x">Positive.</param>
    public static double DigammaHalfStepExcessSlope(double x) => GammaMath.DigammaHalfStepExcessSlope(x);

    /// <summary>The derivative of order n of the digamma function.</summary>
    /// <param name="n">1 or more: 1 is the trigamma function.</param>
    /// <param name="x">Where.</param>
    public static double Polygamma(int n, double x) => GammaMath.Polygamma(n, x);

    /// <summary>log B(a, b) = log Γ(a) + log Γ(b) - log Γ(a + b), without cancellation where arguments are large.</summary>
    public static double LogBeta(double a, double b) => GammaMath.LogBeta(a, b);

    /// <summary>log x! - x log x + x, the part of a log-factorial that grows like half the logarithm of x.</summary>
    /// <param name="x">0 or more; need not be whole.</param>
    public static double FactorialRest(double x) => DevianceMath.FactorialRest(x);

    /// <summary>The regularized incomplete gamma function P(a, x), the chance that a Gamma variable of shape a is at most x, and Q = 1 - P; each is
    /// relatively exact.</summary>
    public static (double Lower, double Upper) IncompleteGamma(double a, double x) => IncompleteGammaMath.Both(a, x);

    /// <summary>∂P/∂a of the incomplete gamma function.</summary>
    public static double IncompleteGammaByShape(double a, double x) => IncompleteGammaMath.LowerByShape(a, x);

    /// <summary>∂²P/∂a² of the incomplete gamma function.</summary>
    public static double IncompleteGammaByShapeTwice(double a, double x) => IncompleteGammaMath.LowerByShapeTwice(a, x);

    /// <summary>log(xᵃ e⁻ˣ / Γ(a + 1)), without the cancellation of large terms near x = a.</summary>
    public static double LogGammaLeading(double a, double x) => IncompleteGammaMath.LogLeading(a, x);

    /// <summary>The regularized incomplete beta function I, the chance that a Beta(a, b) variable is at most x, and 1 - I; each is relatively
    /// exact.</summary>
    /// <param name="a">The first shape.</param>
    /// <param name="b">The second shape.</param>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="y">1 - x, given so that it may be tiny.</param>
    public static (double Lower, double Upper) IncompleteBeta(double a, double b, double x, double y) => IncompleteBetaMath.Both(a, b, x, y);

    /// <summary>log I of the incomplete beta function and its derivatives in a and b, also where I underflows.</summary>
    /// <param name="a">The first shape.</param>
    /// <param name="b">The second shape.</param>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="y">1 - x, given so that it may be tiny.</param>
    public static (double Log, double ByA, double ByB) LogIncompleteBeta(double a, double b, double x, double y) =>
        IncompleteBetaMath.LogLower(a, b, x, y);

    /// <summary>∂I/∂a and ∂I/∂b of the incomplete beta function.</summary>
    /// <param name="a">The first shape.</param>
    /// <param name="b">The second shape.</param>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="y">1 - x, given so that it may be tiny.</param>
    public static (double ByA, double ByB) IncompleteBetaByShapes(double a, double b, double x, double y) =>
        IncompleteBetaMath.ByShapes(a, b, x, y);

    /// <summary>The x at which the incomplete beta function is p, and 1 - x.</summary>
    /// <param name="a">The first shape.</param>
    /// <param name="b">The second shape.</param>
    /// <param name="p">From 0 to 1.</param>
    /// <param name="q">1 - p, given so that it may be tiny.</param>
    public static (double X, double Y) IncompleteBetaInverse(double a, double b, double p, double q) => IncompleteBetaMath.Inverse(a, b, p, q);

    /// <summary>e^-|x| I₀(x), the modified Bessel function of order 0, scaled so that it does not overflow.</summary>
    public static double BesselI0Scaled(double x) => BesselMath.I0e(x);

    /// <summary>I₁(x) / I₀(x), the mean resultant length of a von Mises distribution.</summary>
    public static double BesselRatio(double x) => BesselMath.Ratio(x);
}
