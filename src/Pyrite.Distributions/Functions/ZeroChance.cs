namespace Pyrite.Functions;

/// <summary>The logarithm of the chance of 0 of which a share is always 0 and the rest follows a distribution.</summary>
internal static class ZeroChance
{
    /// <summary>log(gate + (1 - gate) eˢ) for a gate in [0, 1], both ends included, and a score s of at most 0.</summary>
    public static Tensor Of(Tensor gate, Tensor score) => ScalarFunctions.Of<LogFunction>(gate, score);

    private readonly struct LogFunction : IScalarFunction2
    {
        public static string Name => "log chance of zero";

        public static double Of(double a, double b) => a == 0 ? b : a == 1 ? 0 : LogSum(Math.Log(a), SpecialFunctions.Log1p(-a) + b);

        /// <summary>(1 - eˢ) / p in the gate and (1 - gate) eˢ / p in the score, also where p is 0.</summary>
        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0
            ? -dy * b.Expm1() * (-y).Exp()
            : dy * (1 - a) * Tensor.Where(y.EqualTo(double.NegativeInfinity), 0, b - y).Exp();

        private static double LogSum(double a, double b) => Math.Max(a, b) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(a - b)));
    }
}
