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
        Tensor x = odds / (1 + odds);
        return input switch
        {
            0 => Tensor.BetaLowerByFirst(a, b, x),
            1 => Tensor.BetaLowerBySecond(a, b, x),
            _ => ((a - 1).XLogY(odds) - ((a + b) * odds.Log1p()) - a.LogBeta(b)).Exp(),
        };
    }

    private readonly struct CdfFunction : IScalarFunction3
    {
        public static string Name => "beta odds cdf";

        public static double Of(double a, double b, double c) =>
            double.IsPositiveInfinity(c) ? 1 : IncompleteBetaMath.Both(a, b, c < 1 ? c / (1 + c) : 1 / (1 + (1 / c)), 1 / (1 + c)).Lower;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * Slope(inputs, inputs[2], input);
    }

    private readonly struct QuantileFunction : IScalarFunction3
    {
        public static string Name => "beta odds quantile";

        public static double Of(double a, double b, double c) => Quantile(a, b, c, 1 - c);

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => (input == 2 ? dy : -dy * Slope(inputs, y, input)) / Slope(inputs, y, 2);
    }
}
