using Pyrite.Kernels.Special;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>The parts of log-probabilities of counts that stay exact for large counts; Loader (2000), "Fast and accurate computation of binomial
/// probabilities".</summary>
/// <remarks>Computed in double precision whatever the element type. Every derivative of first and second order exists.</remarks>
public static class Deviances
{
    extension(Tensor x)
    {
        /// <summary>x log(x / m) + m - x, 0 at x = m; -log Poisson(x; m) is this plus <see cref="ShapeRest"/> of x + 1.</summary>
        public Tensor Deviance(Tensor m) => Zip<DevianceKernel>.Of(x, m);

        /// <summary>The same for m = rate · time.</summary>
        public Tensor ScaledDeviance(Tensor rate, Tensor time) => Triple<ScaledDevianceKernel>.Of(x, rate, time);

        /// <summary>The same for m = eˡ.</summary>
        public Tensor LogDeviance(Tensor l) => Zip<LogDevianceKernel>.Of(x, l);

        /// <summary>log Γ(x) beside k log k - k for k = x - 1, where k log k counts as 0 for k of 0 or below.</summary>
        public Tensor ShapeRest() => Map<ShapeRestKernel>.Of(x);

        /// <summary>The slope of <see cref="ShapeRest"/>.</summary>
        public Tensor ShapeRestSlope() => Map<ScalarMap<RestSlopeFunction>>.Of(x);

        /// <summary>What log(n! / x! j!) has beside the terms x log(x / n) + j log(j / n) of a coin's deviance, for n = x + j.</summary>
        public Tensor ChooseRest(Tensor j) => Zip<ScalarZip<ChooseRestFunction>>.Of(x, j);

        /// <summary>The same of -log B(x, b), for the counts x - 1 and b - 1.</summary>
        public Tensor BetaRest(Tensor b) => Zip<ScalarZip<BetaRestFunction>>.Of(x, b);

        /// <summary>x successes and j failures against a coin of a probability.</summary>
        public Tensor CoinDeviance(Tensor j, Tensor probability) => Triple<CoinDevianceKernel<ProbabilityCoin>>.Of(x, j, probability);

        /// <summary>x successes and j failures against a coin of log-odds.</summary>
        public Tensor CoinDevianceOfLogOdds(Tensor j, Tensor logOdds) => Triple<CoinDevianceKernel<LogOddsCoin>>.Of(x, j, logOdds);

        /// <summary>x successes and j failures against a coin of odds.</summary>
        public Tensor CoinDevianceOfOdds(Tensor j, Tensor odds) => Triple<CoinDevianceKernel<OddsCoin>>.Of(x, j, odds);

        /// <summary>The slope of the deviance in x: log(x / m), and -1 - log m for x of 0 or below.</summary>
        public Tensor DevianceByCount(Tensor m) => Zip<ScalarZip<ByCountFunction>>.Of(x, m);

        /// <summary>log(x / (x + j)) where both are positive, else 0.</summary>
        public Tensor LogShare(Tensor j) => Zip<ScalarZip<LogShareFunction>>.Of(x, j);

        private Tensor InverseOfPositive() => Tensor.Where(x > 0, 1 / Tensor.Where(x > 0, x, 1), 0);
    }

    private static Tensor Both(Tensor k, Tensor j, Tensor quantity) => Tensor.Where((k > 0) & (j > 0), quantity, 0);

    private readonly struct ByCountFunction : IScalarFunction2
    {
        public static string Name => "deviance by count";

        public static double Of(double a, double b)
        {
            double excess = (a - b) / b;
            return a <= 0 ? -1 - Math.Log(b) : Math.Abs(excess) < 0.5 ? RealFunctions.Log1p(excess) : Math.Log(a) - Math.Log(b);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy * a.InverseOfPositive() : -dy / b;
    }

    private readonly struct LogShareFunction : IScalarFunction2
    {
        public static string Name => "log share";

        public static double Of(double a, double b) => a > 0 && b > 0 ? -RealFunctions.Log1p(b / a) : double.IsNaN(a + b) ? double.NaN : 0;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * Both(a, b, input == 0 ? b / (a * (a + b)) : -1 / (a + b));
    }

    private readonly struct RestSlopeFunction : IScalarFunction
    {
        public static string Name => "log gamma rest slope";

        public static double Of(double x) => DevianceMath.ShapeRestSlope(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (x.Trigamma() - (x - 1).InverseOfPositive());
    }

    private readonly struct ChooseRestFunction : IScalarFunction2
    {
        public static string Name => "log choose rest";

        public static double Of(double a, double b) => DevianceMath.ChooseRest(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? Zip<ScalarZip<ChooseRestSlopeFunction>>.Of(a, b) : Zip<ScalarZip<ChooseRestSlopeFunction>>.Of(b, a));
    }

    private readonly struct ChooseRestSlopeFunction : IScalarFunction2
    {
        public static string Name => "log choose rest slope";

        public static double Of(double a, double b) => DevianceMath.ChooseRestSlope(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor total = (a + b + 1).Trigamma() - Both(a, b, 1 / (a + b));
            return dy * (input == 0 ? total - (a + 1).Trigamma() + Both(a, b, 1 / a) : total);
        }
    }

    private readonly struct BetaRestFunction : IScalarFunction2
    {
        public static string Name => "log beta rest";

        public static double Of(double a, double b) => DevianceMath.BetaRest(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? Zip<ScalarZip<BetaRestSlopeFunction>>.Of(a, b) : Zip<ScalarZip<BetaRestSlopeFunction>>.Of(b, a));
    }

    private readonly struct BetaRestSlopeFunction : IScalarFunction2
    {
        public static string Name => "log beta rest slope";

        public static double Of(double a, double b) => DevianceMath.BetaRestSlope(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            (Tensor k, Tensor j) = (a - 1, b - 1);
            Tensor total = (a + b).Trigamma() - Both(k, j, 1 / (k + j));
            return dy * (input == 0 ? total - a.Trigamma() + Both(k, j, 1 / k) : total);
        }
    }
}
