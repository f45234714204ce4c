using Pyrite.Kernels.Special;

namespace Pyrite.Functions.Truncation;

/// <summary>Mass and quantiles of a standard Gaussian between two bounds, however far out or close together they are.</summary>
internal static class TruncatedNormalFunctions
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>log P(low ≤ Z ≤ high).</summary>
    public static Tensor LogMass(Tensor low, Tensor high) => ScalarFunctions.Of<LogMassFunction>(low, high);

    /// <summary>P(low ≤ Z ≤ high), also for bounds close together or far out.</summary>
    public static Tensor Mass(Tensor low, Tensor high) => ScalarFunctions.Of<MassFunction>(low, high);

    /// <summary>The z with P(Z ≤ z | low ≤ Z ≤ high) = p.</summary>
    public static Tensor Quantile(Tensor low, Tensor high, Tensor p) => ScalarFunctions.Of<QuantileFunction>(low, high, p);

    private static double LogMassOf(double low, double high)
    {
        if (!(low < high))
        {
            return low == high ? double.NegativeInfinity : double.NaN;
        }
        if (low > 0)
        {
            (low, high) = (-high, -low);
        }
        if ((high - low) * Math.Max(1, Math.Max(Math.Abs(low), Math.Abs(high))) < 1)
        {
            double middle = 0.5 * (low + high);
            double sum = GaussLegendre.Integrate(low, high, 1, z => Math.Exp(-0.5 * (z - middle) * (z + middle)));
            return Math.Log(sum) - (0.5 * middle * middle) - HalfLogTwoPi;
        }
        double logHigh = SpecialFunctions.LogNormalCdf(high);
        return high > 0 && low > -1
            ? Math.Log(0.5 * (SpecialFunctions.Erf(high / Math.Sqrt(2)) - SpecialFunctions.Erf(low / Math.Sqrt(2))))
            : logHigh + SpecialFunctions.Log1mExp(SpecialFunctions.LogNormalCdf(low) - logHigh);
    }

    /// <summary>φ of both bounds over the mass. Far out all three are scaled by the density at the nearer bound, so that no large exponents are
    /// subtracted.</summary>
    private static (double Low, double High) EdgeDensities(double low, double high)
    {
        if (!(low < high))
        {
            return low == high ? (double.PositiveInfinity, double.PositiveInfinity) : (double.NaN, double.NaN);
        }
        if (low > 0)
        {
            (double above, double below) = EdgeDensities(-high, -low);
            return (below, above);
        }
        if ((high - low) * Math.Max(1, Math.Max(Math.Abs(low), Math.Abs(high))) < 1)
        {
            double middle = 0.5 * (low + high);
            double sum = GaussLegendre.Integrate(low, high, 1, z => Math.Exp(-0.5 * (z - middle) * (z + middle)));
            return (Math.Exp(-0.5 * (low - middle) * (low + middle)) / sum, Math.Exp(-0.5 * (high - middle) * (high + middle)) / sum);
        }
        if (high > 0)
        {
            double logMass = LogMassOf(low, high);
            return (Math.Exp((-0.5 * low * low) - HalfLogTwoPi - logMass), Math.Exp((-0.5 * high * high) - HalfLogTwoPi - logMass));
        }
        double fall = double.IsInfinity(low) ? 0 : Math.Exp(-0.5 * (low - high) * (low + high));
        double mass = MillsRatio(high) - (fall == 0 ? 0 : fall * MillsRatio(low));
        return (fall / mass, 1 / mass);
    }

    /// <summary>Φ(z) / φ(z) for z of 0 or below.</summary>
    private static double MillsRatio(double z) => Math.Sqrt(0.5 * Math.PI) * SpecialFunctions.Erfcx(-z / Math.Sqrt(2));

    private static Tensor Finite(Tensor bound) => Tensor.Where(bound.IsFinite(), bound, 0);

    private readonly struct LogMassFunction : IScalarFunction2
    {
        public static string Name => "log normal mass";

        public static double Of(double a, double b) => LogMassOf(a, b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            return input == 0 ? -dy * ScalarFunctions.Of<LowerEdgeFunction>(a, b) : dy * ScalarFunctions.Of<UpperEdgeFunction>(a, b);
        }
    }

    private readonly struct LowerEdgeFunction : IScalarFunction2
    {
        public static string Name => "normal density at the lower end over the mass";

        public static double Of(double a, double b) => EdgeDensities(a, b).Low;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * y * (input == 0 ? y - Finite(a) : -ScalarFunctions.Of<UpperEdgeFunction>(a, b));
    }

    private readonly struct UpperEdgeFunction : IScalarFunction2
    {
        public static string Name => "normal density at the upper end over the mass";

        public static double Of(double a, double b) => EdgeDensities(a, b).High;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * y * (input == 0 ? ScalarFunctions.Of<LowerEdgeFunction>(a, b) : -Finite(b) - y);
    }

    private readonly struct MassFunction : IScalarFunction2
    {
        public static string Name => "normal mass";

        public static double Of(double a, double b) => Math.Exp(LogMassOf(a, b));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor density = ((-0.5 * (input == 0 ? a : b).Square()) - HalfLogTwoPi).Exp();
            return input == 0 ? -dy * density : dy * density;
        }
    }

    private readonly struct QuantileFunction : IScalarFunction3
    {
        public static string Name => "truncated normal quantile";

        public static double Of(double a, double b, double c)
        {
            if (!(c is > 0 and < 1))
            {
                return c == 0 ? a : c == 1 ? b : double.NaN;
            }
            double rest = 1 - c;
            bool mirrored = a > 0;
            (double low, double high, double p, double q) = mirrored ? (-b, -a, rest, c) : (a, b, c, rest);
            double logLow = SpecialFunctions.LogNormalCdf(low) + Math.Log(q);
            double logHigh = SpecialFunctions.LogNormalCdf(high) + Math.Log(p);
            double target = LogSum(logLow, logHigh);
            double z = target < -0.7
                ? SpecialFunctions.NormalQuantileFromLog(target)
                : -SpecialFunctions.NormalQuantileFromLog(
                    LogSum(SpecialFunctions.LogNormalCdf(-low) + Math.Log(q), SpecialFunctions.LogNormalCdf(-high) + Math.Log(p)));
            z = Math.Clamp(z, low, high);
            return mirrored ? -z : z;
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input)
        {
            Tensor logDensity = (-0.5 * y.Square()) - HalfLogTwoPi;
            if (input == 2)
            {
                return dy * (LogMass(inputs[0], inputs[1]) - logDensity).Exp();
            }
            Tensor share = input == 0 ? 1 - inputs[2] : inputs[2];
            return dy * share * (0.5 * (y - inputs[input]) * (y + inputs[input])).Exp();
        }

        private static double LogSum(double a, double b)
        {
            double greater = Math.Max(a, b);
            return double.IsNegativeInfinity(greater) ? greater : greater + SpecialFunctions.Log1p(Math.Exp(Math.Min(a, b) - greater));
        }
    }
}
