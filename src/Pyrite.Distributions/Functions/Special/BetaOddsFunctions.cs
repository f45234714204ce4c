namespace Pyrite.Functions.Special;

/// <summary>The distribution of X / (1 - X) for a Beta variable X: odds, so that values near 0 and 1 keep their digits.</summary>
internal static class BetaOddsFunctions
{
    extension(Tensor)
    {
        /// <summary>P(X / (1 - X) ≤ odds) of a Beta(a, b) variable X.</summary>
        public static Tensor BetaOdds(Tensor a, Tensor b, Tensor odds) => ScalarFunctions.Of<CdfFunction>(a, b, odds);

        /// <summary>The odds that are exceeded with probability 1 - p.</summary>
        public static Tensor BetaOddsInverse(Tensor a, Tensor b, Tensor p) => ScalarFunctions.Of<QuantileFunction>(a, b, p);
    }

    /// <summary>The odds below which a Beta(a, b) variable falls with probability p = 1 - q.</summary>
    public static double Quantile(double a, double b, double p, double q)
    {
        (double x, double y) = SpecialFunctions.IncompleteBetaInverse(a, b, p, q);
        return x / y;
    }

    private static Tensor Slope(ReadOnlySpan<Tensor> inputs, Tensor odds, int input)
    {
        (Tensor a, Tensor b) = (inputs[0], inputs[1]);
        return input switch
        {
            0 => ScalarFunctions.Of<ByShapeFunction<First>>(a, b, odds),
            1 => ScalarFunctions.Of<ByShapeFunction<Second>>(a, b, odds),
            _ => Tensor.LogBetaOddsDensity(a, b, odds).Exp(),
        };
    }

    private readonly struct CdfFunction : IScalarFunction3
    {
        public static string Name => "beta odds cdf";

        public static double Of(double a, double b, double c)
        {
            (double x, double y) = BetaDensity.Shares(c);
            return SpecialFunctions.IncompleteBeta(a, b, x, y).Lower;
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * Slope(inputs, inputs[2], input);
    }

    private readonly struct QuantileFunction : IScalarFunction3
    {
        public static string Name => "beta odds quantile";

        public static double Of(double a, double b, double c) => Quantile(a, b, c, 1 - c);

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) =>
            (input == 2 ? dy : -dy * Slope(inputs, y, input)) / Slope(inputs, y, 2);
    }

    /// <summary>Which of the two shapes a slope belongs to.</summary>
    private interface IShape
    {
        static abstract bool IsFirst { get; }
    }

    private readonly struct First : IShape
    {
        public static bool IsFirst => true;
    }

    private readonly struct Second : IShape
    {
        public static bool IsFirst => false;
    }

    private readonly struct ByShapeFunction<TShape> : IScalarFunction3 where TShape : struct, IShape
    {
        public static string Name => TShape.IsFirst ? "beta odds cdf by a" : "beta odds cdf by b";

        public static double Of(double a, double b, double c)
        {
            (double x, double y) = BetaDensity.Shares(c);
            (double byA, double byB) = SpecialFunctions.IncompleteBetaByShapes(a, b, x, y);
            return TShape.IsFirst ? byA : byB;
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input)
        {
            (Tensor a, Tensor b, Tensor odds) = (inputs[0], inputs[1], inputs[2]);
            Tensor x = odds / (1 + odds);
            if (input == 2)
            {
                return dy * Tensor.LogBetaOddsDensity(a, b, odds).Exp()
                    * (TShape.IsFirst ? Tensor.LogBetaExcess(a, b, x) : Tensor.LogBetaRestExcess(a, b, x));
            }
            return dy * ((input == 0) != TShape.IsFirst ? Tensor.BetaLowerByBoth(a, b, x)
                : TShape.IsFirst ? Tensor.BetaLowerByFirstTwice(a, b, x) : Tensor.BetaLowerBySecondTwice(a, b, x));
        }
    }
}
