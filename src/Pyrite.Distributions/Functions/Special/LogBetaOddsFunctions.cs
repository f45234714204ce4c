namespace Pyrite.Functions.Special;

/// <summary>The logarithm of the distribution function of X / (1 - X) for a Beta variable X, also where it underflows.</summary>
internal static class LogBetaOddsFunctions
{
    extension(Tensor)
    {
        /// <summary>log P(X / (1 - X) ≤ odds) of a Beta(a, b) variable X.</summary>
        public static Tensor LogBetaOdds(Tensor a, Tensor b, Tensor odds) => ScalarFunctions.Of<LogFunction>(a, b, odds);
    }

    private static (double Log, double ByA, double ByB) At(double a, double b, double odds) => double.IsPositiveInfinity(odds)
        ? (0, 0, 0)
        : SpecialFunctions.LogIncompleteBeta(a, b, BetaDensity.Shares(odds).X, BetaDensity.Shares(odds).Y);

    private static Tensor LogDensity(ReadOnlySpan<Tensor> inputs) => Tensor.LogBetaOddsDensity(inputs[0], inputs[1], inputs[2]);

    /// <summary>The derivative of a slope of log I, which is that of I over I, in the odds: density over I times the slope's excess.</summary>
    private static Tensor SlopeByOdds(ReadOnlySpan<Tensor> inputs, Tensor log, Tensor slope, bool first)
    {
        Tensor x = inputs[2] / (1 + inputs[2]);
        Tensor own = first ? Tensor.LogBetaExcess(inputs[0], inputs[1], x) : Tensor.LogBetaRestExcess(inputs[0], inputs[1], x);
        return (LogDensity(inputs) - log).Exp() * (own - slope);
    }

    private readonly struct LogFunction : IScalarFunction3
    {
        public static string Name => "log beta odds cdf";

        public static double Of(double a, double b, double c) => At(a, b, c).Log;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input) => dy * input switch
        {
            0 => ScalarFunctions.Of<ByFirstFunction>(inputs[0], inputs[1], inputs[2]),
            1 => ScalarFunctions.Of<BySecondFunction>(inputs[0], inputs[1], inputs[2]),
            _ => (LogDensity(inputs) - y).Exp(),
        };
    }

    private readonly struct ByFirstFunction : IScalarFunction3
    {
        public static string Name => "log beta odds cdf by a";

        public static double Of(double a, double b, double c) => At(a, b, c).ByA;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input)
        {
            (Tensor a, Tensor b, Tensor odds) = (inputs[0], inputs[1], inputs[2]);
            Tensor log = Tensor.LogBetaOdds(a, b, odds);
            Tensor x = odds / (1 + odds);
            return dy * input switch
            {
                0 => (Tensor.BetaLowerByFirstTwice(a, b, x) / log.Exp()) - y.Square(),
                1 => (Tensor.BetaLowerByBoth(a, b, x) / log.Exp()) - (y * ScalarFunctions.Of<BySecondFunction>(a, b, odds)),
                _ => SlopeByOdds(inputs, log, y, first: true),
            };
        }
    }

    private readonly struct BySecondFunction : IScalarFunction3
    {
        public static string Name => "log beta odds cdf by b";

        public static double Of(double a, double b, double c) => At(a, b, c).ByB;

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input)
        {
            (Tensor a, Tensor b, Tensor odds) = (inputs[0], inputs[1], inputs[2]);
            Tensor log = Tensor.LogBetaOdds(a, b, odds);
            Tensor x = odds / (1 + odds);
            return dy * input switch
            {
                0 => (Tensor.BetaLowerByBoth(a, b, x) / log.Exp()) - (y * ScalarFunctions.Of<ByFirstFunction>(a, b, odds)),
                1 => (Tensor.BetaLowerBySecondTwice(a, b, x) / log.Exp()) - y.Square(),
                _ => SlopeByOdds(inputs, log, y, first: false),
            };
        }
    }
}
