namespace Pyrite.Functions.Special;

/// <summary>Products and logarithms of powers with the slopes of their limits at 0 and 1.</summary>
internal static class PowerFunctions
{
    extension(Tensor x)
    {
        /// <summary>log(1 - xᵃ) for x in [0, 1], exact near both ends.</summary>
        public Tensor LogOneMinusPower(Tensor a) => ScalarFunctions.Of<LogOneMinusPowerFunction>(x, a);

        /// <summary>x · y, and 0 where x is 0, even if y is infinite.</summary>
        public Tensor ZeroTimes(Tensor y) => ScalarFunctions.Of<ZeroTimesFunction>(x, y);
    }

    private readonly struct LogOneMinusPowerFunction : IScalarFunction2
    {
        public static string Name => "log(1 - x^a)";

        public static double Of(double a, double b) => SpecialFunctions.Log1mExp(b * Math.Log(a));

        /// <summary>With u = a log x the slopes are -a x^(a-1) / (1 - xᵃ) and log x / (1 - e^-u), the latter 1/a at x = 1.</summary>
        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor rest = (b * a.Log()).Expm1().Abs();   // no -0
            return input == 0
                ? -(dy * b * a.Pow(b - 1)).ZeroOver(rest)
                : dy * Tensor.Where(rest.EqualTo(0), 1 / b, -a.Pow(b).XLogY(a) / Tensor.Where(rest.EqualTo(0), 1, rest));
        }
    }

    private readonly struct ZeroTimesFunction : IScalarFunction2
    {
        public static string Name => "zero times";

        public static double Of(double a, double b) => a == 0 && !double.IsNaN(b) ? 0 : a * b;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy * b : dy * a;
    }
}
