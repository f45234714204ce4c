using Pyrite.Special;

namespace Pyrite.Functions;

/// <summary>The distribution of X / (1 - X) for a Beta variable X: odds, so that values near 0 and 1 keep their digits.</summary>
internal static class BetaOddsFunctions
{
    extension(Tensor)
    {
        /// <summary>P(X / (1 - X) ≤ odds) of a Beta(a, b) variable X.</summary>
        public static Tensor BetaOdds(Tensor a, Tensor b, Tensor odds) => ScalarTriple<CdfFunction>.Of(a, b, odds);

        /// <summary>The odds that are exceeded with probability 1 - p.</summary>
        public static Tensor BetaOddsInverse(Tensor a, Tensor b, Tensor p) => ScalarTriple<QuantileFunction>.Of(a, b, p);
    }

    /// <summary>The odds below which a Beta(a, b) variable falls with probability p = 1 - q.</summary>
    public static double Quantile(double a, double b, double p, double q)
    {
        (double x, double y) = IncompleteBetaMath.Inverse(a, b, p, q);
        return x / y;
    }

    private static Tensor Slope(ReadOnlySpan<Tensor> inputs, Tensor odds, int input)
    {
        (Tensor a, Tensor b) = (inputs[0], inputs[1]);
        return input switch
        {
            0 => ScalarTriple<ByFirstFunction>.Of(a, b, odds),
            1 => ScalarTriple<BySecondFunction>.Of(a, b, odds),
            _ => Tensor.LogBetaOddsDensity(a, b, odds).Exp(),
        };
    }

    private readonly struct CdfFunction : IScalarFunction3
    {
        public static string Name => "beta odds cdf";

        public static double Of(double a, double b, double c)
        {
            (double x, double y) = BetaDensity.Shares(c);
            return IncompleteBetaMath.Both(a, b, x, y).Lower;
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * Slope(inputs, inputs[2], input);
    }

    private readonly struct QuantileFunction : IScalarFunction3
    {
        public static string Name => "beta odds quantile";

        public static double Of(double a, double b, double c) => Quantile(a, b, c, 1 - c);

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => (input == 2 ? dy : -dy * Slope(inputs, y, input)) / Slope(inputs, y, 2);
    }

    private readonly struct ByFirstFunction : IScalarFunction3
    {
        public static string Name => "beta odds cdf by a";

        public static double Of(double a, double b, double c)
        {
            (double x, double y) = BetaDensity.Shares(c);
            return IncompleteBetaMath.ByShapes(a, b, x, y).ByA;
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input)
        {
            (Tensor a, Tensor b, Tensor odds) = (inputs[0], inputs[1], inputs[2]);
            Tensor x = odds / (1 + odds);
            return dy * input switch
            {
                0 => Tensor.BetaLowerByFirstTwice(a, b, x),
                1 => Tensor.BetaLowerByBoth(a, b, x),
                _ => Tensor.LogBetaOddsDensity(a, b, odds).Exp() * Tensor.LogBetaExcess(a, b, x),
            };
        }
    }

    private readonly struct BySecondFunction : IScalarFunction3
    {
        public static string Name => "beta odds cdf by b";

        public static double Of(double a, double b, double c)
        {
            (double x, double y) = BetaDensity.Shares(c);
            return IncompleteBetaMath.ByShapes(a, b, x, y).ByB;
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input)
        {
            (Tensor a, Tensor b, Tensor odds) = (inputs[0], inputs[1], inputs[2]);
            Tensor x = odds / (1 + odds);
            return dy * input switch
            {
                0 => Tensor.BetaLowerByBoth(a, b, x),
                1 => Tensor.BetaLowerBySecondTwice(a, b, x),
                _ => Tensor.LogBetaOddsDensity(a, b, odds).Exp() * Tensor.LogBetaRestExcess(a, b, x),
            };
        }
    }
}
