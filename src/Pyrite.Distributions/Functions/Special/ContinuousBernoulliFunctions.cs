using Pyrite.Kernels.Special;

namespace Pyrite.Functions.Special;

/// <summary>The density e^(xl) on [0, 1] and its normalizer, for any slope l, also near and at 0.</summary>
internal static class ContinuousBernoulliFunctions
{
    private const double SeriesBelow = 0.5;

    extension(Tensor x)
    {
        /// <summary>log(sinh(x) / x).</summary>
        public Tensor LogSinhOver() => ScalarFunctions.Of<LogSinhOverFunction>(x);

        /// <summary>coth(x) - 1/x, the slope of <see cref="LogSinhOver"/>.</summary>
        public Tensor Langevin() => ScalarFunctions.Of<LangevinFunction>(x);

        /// <summary>1/x² - 1/sinh²(x), the slope of <see cref="Langevin"/>.</summary>
        public Tensor LangevinSlope() => ScalarFunctions.Of<LangevinSlopeFunction>(x);

        /// <summary>(e^(xl) - 1) / (e^l - 1), and x where l is 0.</summary>
        public Tensor TiltedCdf(Tensor slope) => ScalarFunctions.Of<CdfFunction>(x, slope);

        /// <summary>1 - <see cref="TiltedCdf"/>, exact in the upper tail.</summary>
        public Tensor TiltedSurvival(Tensor slope) => ScalarFunctions.Of<SurvivalFunction>(x, slope);

        /// <summary>The inverse of <see cref="TiltedCdf"/>.</summary>
        public Tensor TiltedQuantile(Tensor slope) => ScalarFunctions.Of<QuantileFunction>(x, slope);
    }

    extension(Tensor slope)
    {
        /// <summary>The mean, 1 / (1 - e^(-l)) - 1 / l.</summary>
        public Tensor TiltedMean() => ScalarFunctions.Of<MeanFunction>(slope);

        /// <summary>A(k) - A(l) - A′(l) (k - l) with the logarithm A of the normalizer, the divergence between two slopes.</summary>
        public Tensor TiltedGap(Tensor other) => ScalarFunctions.Of<GapFunction>(slope, other);

        /// <summary>The entropy, log(sinh(x) / x) - x (coth(x) - 1 / x) with x = l / 2.</summary>
        public Tensor TiltedEntropy() => ScalarFunctions.Of<EntropyFunction>(slope);
    }

    /// <summary>log of the density at x.</summary>
    private static Tensor LogDensity(Tensor x, Tensor slope) => ((x - 0.5) * slope) - (0.5 * slope).LogSinhOver();

    /// <summary>The derivative of the distribution function in the slope: the mean of (t - mean) over t below x, which is the covariance of t with
    /// the event t ≤ x.</summary>
    private static double CdfBySlope(double x, double slope)
    {
        double mean = 0.5 + (0.5 * LangevinFunction.Of(0.5 * slope));
        double logNormalizer = LogSinhOverFunction.Of(0.5 * slope);
        return GaussLegendre.Integrate(0, x, 1 + (int)Math.Min(200, Math.Abs(slope) / 8),
            t => (t - mean) * Math.Exp(((t - 0.5) * slope) - logNormalizer));
    }

    /// <summary>Σ c_k x^k of even or odd terms with c from the Taylor series of the Langevin function.</summary>
    private static double LangevinSeries(double square) =>
        (1.0 / 3)
            - (square
                * ((1.0 / 45)
                    - (square
                        * ((2.0 / 945)
                            - (square
                                * ((1.0 / 4725)
                                    - (square
                                        * ((2.0 / 93555)
                                            - (square
                                                * ((1382.0 / 638512875)
                                                    - (square * ((4.0 / 18243225) - (square * (3617.0 / 162820783125))))))))))))));

    private readonly struct LogSinhOverFunction : IScalarFunction
    {
        public static string Name => "log sinh over";

        public static double Of(double x)
        {
            double size = Math.Abs(x);
            if (size < SeriesBelow)
            {
                double square = x * x;
                double term = 1;
                double sum = 0;
                for (int k = 1; k < 12; k++)
                {
                    term *= square / (2 * k * ((2 * k) + 1));
                    sum += term;
                }
                return SpecialFunctions.Log1p(sum);
            }
            return size - Math.Log(2 * size) + SpecialFunctions.Log1p(-Math.Exp(-2 * size));
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.Langevin();
    }

    private readonly struct LangevinFunction : IScalarFunction
    {
        public static string Name => "langevin";

        public static double Of(double x) => Math.Abs(x) < SeriesBelow ? x * LangevinSeries(x * x) : (1 / Math.Tanh(x)) - (1 / x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * x.LangevinSlope();
    }

    private readonly struct LangevinSlopeFunction : IScalarFunction
    {
        public static string Name => "langevin slope";

        public static double Of(double x)
        {
            if (Math.Abs(x) < SeriesBelow)
            {
                double square = x * x;
                return (1.0 / 3)
                    - (square
                        * ((3.0 / 45)
                            - (square
                                * ((10.0 / 945)
                                    - (square
                                        * ((7.0 / 4725)
                                            - (square
                                                * ((18.0 / 93555)
                                                    - (square
                                                        * ((11 * 1382.0 / 638512875)
                                                            - (square * ((52.0 / 18243225) - (square * (15 * 3617.0 / 162820783125))))))))))))));
            }
            double sinh = Math.Sinh(x);
            return (1 / (x * x)) - (1 / (sinh * sinh));
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ScalarFunctions.Of<LangevinBendFunction>(x);
    }

    /// <summary>2 (cosh(x) / sinh³(x) - 1 / x³), the slope of <see cref="LangevinSlope"/>.</summary>
    private readonly struct LangevinBendFunction : IScalarFunction
    {
        public static string Name => "langevin bend";

        public static double Of(double x)
        {
            if (Math.Abs(x) < SeriesBelow)
            {
                double square = x * x;
                return -x
                    * ((6.0 / 45)
                        - (square
                            * ((40.0 / 945)
                                - (square
                                    * ((42.0 / 4725)
                                        - (square
                                            * ((144.0 / 93555)
                                                - (square
                                                    * ((110 * 1382.0 / 638512875)
                                                        - (square * ((624.0 / 18243225) - (square * (210 * 3617.0 / 162820783125)))))))))))));
            }
            double sinh = Math.Sinh(x);
            return 2 * ((1 / Math.Tanh(x) / sinh / sinh) - (1 / (x * x * x)));
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) =>
            throw new NotSupportedException("Second derivatives of the variance of ContinuousBernoulli are not available.");
    }

    private readonly struct MeanFunction : IScalarFunction
    {
        public static string Name => "tilted mean";

        public static double Of(double x) => Math.Abs(x) < 1 ? 0.5 + (0.5 * LangevinFunction.Of(0.5 * x))
            : x < 0 ? (-1 / SpecialFunctions.Expm1(-x)) - (1 / x)
            : 1 - Of(-x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * 0.25 * (0.5 * x).LangevinSlope();
    }

    private readonly struct GapFunction : IScalarFunction2
    {
        public static string Name => "tilted gap";

        public static double Of(double a, double b)
        {
            double way = b - a;
            return way == 0 ? 0
                : Math.Abs(way) < 1
                    ? way * way * GaussLegendre.Integrate(0, 1, 1, s => (1 - s) * 0.25 * LangevinSlopeFunction.Of(0.5 * (a + (s * way))))
                : LogSinhOverFunction.Of(0.5 * b) - LogSinhOverFunction.Of(0.5 * a) - (0.5 * LangevinFunction.Of(0.5 * a) * way);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? (a - b) * 0.25 * (0.5 * a).LangevinSlope() : b.TiltedMean() - a.TiltedMean());
    }

    private readonly struct EntropyFunction : IScalarFunction
    {
        public static string Name => "tilted entropy";

        public static double Of(double x)
        {
            double half = 0.5 * Math.Abs(x);
            return double.IsInfinity(x) ? double.NegativeInfinity : half < SeriesBelow
                ? LogSinhOverFunction.Of(half) - (half * LangevinFunction.Of(half))
                : 1 - Math.Log(2 * half) + SpecialFunctions.Log1p(-Math.Exp(-2 * half)) - (2 * half / SpecialFunctions.Expm1(2 * half));
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => -dy * 0.25 * x * (0.5 * x).LangevinSlope();
    }

    private readonly struct CdfFunction : IScalarFunction2
    {
        public static string Name => "tilted cdf";

        public static double Of(double a, double b)
        {
            if (b == 0)
            {
                return a;
            }
            if (double.IsInfinity(b))
            {
                return b < 0 || a >= 1 ? 1 : 0;   // all at one end
            }
            return b > 0
                ? Math.Exp((a - 1) * b) * SpecialFunctions.Expm1(-a * b) / SpecialFunctions.Expm1(-b)
                : SpecialFunctions.Expm1(a * b) / SpecialFunctions.Expm1(b);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? LogDensity(a, b).Exp() : ScalarFunctions.Of<CdfBySlopeFunction>(a, b));
    }

    private readonly struct SurvivalFunction : IScalarFunction2
    {
        public static string Name => "tilted survival";

        public static double Of(double a, double b) => double.IsInfinity(b) ? 1 - CdfFunction.Of(a, b) : CdfFunction.Of(1 - a, -b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            -dy * (input == 0 ? LogDensity(a, b).Exp() : ScalarFunctions.Of<CdfBySlopeFunction>(a, b));
    }

    private readonly struct QuantileFunction : IScalarFunction2
    {
        public static string Name => "tilted quantile";

        public static double Of(double a, double b)
        {
            if (Math.Abs(b) < 1e-12)
            {
                return a + (0.5 * b * a * (1 - a));
            }
            if (double.IsInfinity(b) || a is 0 or 1)
            {
                return double.IsNaN(a) ? a : double.IsInfinity(b) ? (b > 0 ? 1 : 0) : a;
            }
            return b > 0
                ? a > 0.5
                    ? 1 + (SpecialFunctions.Log1p((1 - a) * SpecialFunctions.Expm1(-b)) / b)
                    : SpecialFunctions.Log1p(a * SpecialFunctions.Expm1(b)) / b is double x && double.IsFinite(x) ? x : 1 + (Math.Log(a) / b)
                : SpecialFunctions.Log1p(a * SpecialFunctions.Expm1(b)) / b;
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0
            ? dy * (-LogDensity(y, b)).Exp()
            : -dy * ScalarFunctions.Of<CdfBySlopeFunction>(y, b) * (-LogDensity(y, b)).Exp();
    }

    private readonly struct CdfBySlopeFunction : IScalarFunction2
    {
        public static string Name => "tilted cdf by slope";

        public static double Of(double a, double b) => CdfBySlope(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            throw new NotSupportedException("Second derivatives of the ContinuousBernoulli distribution function in its logits are not available.");
    }
}
