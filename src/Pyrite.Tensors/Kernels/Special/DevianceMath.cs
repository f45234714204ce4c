namespace Pyrite.Kernels.Special;

/// <summary>The parts of log-probabilities of counts that stay exact for large counts, for single numbers.</summary>
/// <remarks>Loader (2000), "Fast and accurate computation of binomial probabilities": log-factorials are split into x log x - x, which goes into
/// deviances, and a rest of the size of log x. Counts of 0 or below, which densities of Beta and Gamma variables have, keep x log x out of
/// both.</remarks>
internal static class DevianceMath
{
    private const double SeriesFrom = 10;
    private const double Near = 0.4;

    /// <summary>x log(x / m) + m - x; for x below 0 it is m - x - x log m.</summary>
    public static double Deviance(double x, double m)
    {
        if (double.IsNaN(x) || double.IsNaN(m) || m < 0)
        {
            return double.NaN;
        }
        if (x <= 0)
        {
            return x == 0 ? m : m - x - (x * Math.Log(m));
        }
        double excess = (m - x) / x;
        if (Math.Abs(excess) < Near)
        {
            return -x * RealFunctions.Log1pMinus(excess);
        }
        return double.IsInfinity(m) || double.IsInfinity(x) || m == 0 ? double.PositiveInfinity : (x * (Math.Log(x) - Math.Log(m))) + (m - x);
    }

    /// <summary>The deviance from eˡ.</summary>
    public static double LogDeviance(double x, double l)
    {
        if ((l > -700 && l < 709) || x == 0 || double.IsNaN(l))
        {
            return Deviance(x, Math.Exp(l));
        }
        return l > 0 ? double.PositiveInfinity : (x > 0 ? x * Math.Log(x) : 0) - (x * l) - x;
    }

    /// <summary>k log(k / np) + j log(j / nq), or -k log p - j log q where a count is 0 or below.</summary>
    public static double CoinDeviance<TCoin>(double k, double j, double coin) where TCoin : struct, ICoinSide
    {
        double total = k + j;
        (double success, double failure) = TCoin.Chances(coin);
        if (k > 0 && j > 0 && total * success > 1e-290 && total * failure > 1e-290)
        {
            return Deviance(k, total * success) + Deviance(j, total * failure);
        }
        (double logSuccess, double logFailure) = TCoin.Logarithms(coin);
        double plain = -Times(k, logSuccess) - Times(j, logFailure);
        return k > 0 && j > 0 ? plain + (k * Math.Log(k / total)) + (j * Math.Log(j / total)) : plain;
    }

    /// <summary>log x! - x log x + x for x of 0 or more.</summary>
    public static double FactorialRest(double x)
    {
        if (x >= SeriesFrom)
        {
            return double.IsInfinity(x) ? x : (0.5 * Math.Log(2 * Math.PI * x)) + GammaMath.StirlingCorrection(x);
        }
        return GammaMath.LogGamma1p(x) - (x > 0 ? x * Math.Log(x) : 0) + x;
    }

    /// <summary>The same as a function of a = x + 1; for a of 1 or below it is log Γ(a) + a - 1.</summary>
    public static double ShapeRest(double a) =>
        a > 1 ? FactorialRest(a - 1) : a > 0 ? GammaMath.LogGamma(a) + (a - 1) : double.IsNaN(a) ? a : double.PositiveInfinity;

    /// <summary>The slope of <see cref="ShapeRest"/>: ψ(a) - log(a - 1), for a of 1 or below ψ(a) + 1.</summary>
    public static double ShapeRestSlope(double a) => a > 1 ? FactorialRestSlope(a - 1) : GammaMath.Digamma(a) + 1;

    private static double FactorialRestSlope(double x) =>
        x >= SeriesFrom ? GammaMath.DigammaMinusLog(x) + (1 / x) : GammaMath.Digamma(x + 1) - Math.Log(x);

    /// <summary>log(n! / k! j!) for n = k + j, plus k log(k / n) + j log(j / n) where both are positive: what is left beside a coin's
    /// deviance.</summary>
    public static double ChooseRest(double k, double j) => k > 0 && j > 0
        ? FactorialRest(k + j) - FactorialRest(k) - FactorialRest(j)
        : k == 0 || j == 0 ? 0 : -Math.Log(k + j + 1) - GammaMath.LogBeta(k + 1, j + 1);

    /// <summary>The slope of <see cref="ChooseRest"/> in k.</summary>
    public static double ChooseRestSlope(double k, double j) => k > 0 && j > 0
        ? FactorialRestSlope(k + j) - FactorialRestSlope(k)
        : GammaMath.Digamma(k + j + 1) - GammaMath.Digamma(k + 1);

    /// <summary>-log B(a, b), plus the same two terms for k = a - 1 and j = b - 1 where both are positive.</summary>
    public static double BetaRest(double a, double b) => a > 1 && b > 1
        ? Math.Log(a + b - 1) + ChooseRest(a - 1, b - 1)
        : -GammaMath.LogBeta(a, b);

    /// <summary>The slope of <see cref="BetaRest"/> in a.</summary>
    public static double BetaRestSlope(double a, double b) => a > 1 && b > 1
        ? (1 / (a + b - 1)) + ChooseRestSlope(a - 1, b - 1)
        : GammaMath.Digamma(a + b) - GammaMath.Digamma(a);

    private static double Times(double weight, double logarithm) => weight == 0 ? 0 : weight * logarithm;
}
