namespace Pyrite.Functions.Special;

/// <summary>Distribution function of a standard variable with density 1 / (π cosh z), in logarithms.</summary>
internal static class SoftLaplaceFunctions
{
    extension(Tensor z)
    {
        /// <summary>log P(Z ≤ z), also where the probability underflows or is 1 but for a trifle.</summary>
        public Tensor LogSoftLaplaceCdf() => ScalarFunctions.Of<LogCdfFunction>(z);
    }

    private readonly struct LogCdfFunction : IScalarFunction
    {
        public static string Name => "log soft laplace cdf";

        public static double Of(double x)
        {
            double tail = Math.Atan(Math.Exp(-Math.Abs(x)));
            return x > 0 ? SpecialFunctions.Log1p(-2 / Math.PI * tail)
                : x < -30 ? x + Math.Log(2 / Math.PI) // From here on atan(e) is e in all digits.
                : Math.Log(2 / Math.PI * tail);
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy)
        {
            Tensor size = x.Abs();
            return dy * (Math.Log(2 / Math.PI) - size - (-2 * size).Exp().Log1p() - y).Exp();
        }
    }
}
