namespace Pyrite.Functions.Special;

/// <summary>What the Cauchy family needs: log(1 + z²) without overflow, arc tangents as probabilities and back.</summary>
internal static class CauchyFunctions
{
    private const double SquareOverflows = 1e150;

    extension(Tensor x)
    {
        /// <summary>log(1 + x²), also where the square overflows.</summary>
        public Tensor LogOnePlusSquare() => ScalarFunctions.Of<LogOnePlusSquareFunction>(x);

        /// <summary>log(1 + x² / df), also where the square overflows.</summary>
        public Tensor LogOnePlusSquareOver(Tensor df) => ScalarFunctions.Of<LogOnePlusSquareOverFunction>(x, df);

        /// <summary>P(X ≤ x) of a standard Cauchy variable, exact in the lower tail.</summary>
        public Tensor CauchyCdf() => ScalarFunctions.Of<CauchyCdfFunction>(x);

        /// <summary>The inverse of <see cref="CauchyCdf"/>.</summary>
        public Tensor CauchyQuantile() => ScalarFunctions.Of<CauchyQuantileFunction>(x);

        /// <summary>P(|X| ≤ x) of a standard Cauchy variable, exact near 0.</summary>
        public Tensor HalfCauchyCdf() => ScalarFunctions.Of<HalfCauchyCdfFunction>(x);

        /// <summary>The inverse of <see cref="HalfCauchyCdf"/>.</summary>
        public Tensor HalfCauchyQuantile() => ScalarFunctions.Of<HalfCauchyQuantileFunction>(x);
    }

    private readonly struct LogOnePlusSquareFunction : IScalarFunction
    {
        public static string Name => "log(1 + x²)";

        public static double Of(double x) => Math.Abs(x) > SquareOverflows ? 2 * Math.Log(Math.Abs(x)) : SpecialFunctions.Log1p(x * x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * 2 / (x + (1 / x));
    }

    private readonly struct LogOnePlusSquareOverFunction : IScalarFunction2
    {
        public static string Name => "log(1 + x²/df)";

        public static double Of(double a, double b) =>
            double.IsInfinity(a * a / b) ? (2 * Math.Log(Math.Abs(a))) - Math.Log(b) : SpecialFunctions.Log1p(a * a / b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0
            ? dy * 2 / (a + (b / a))
            : -dy / b / (1 + (b / a / a));
    }

    private readonly struct CauchyCdfFunction : IScalarFunction
    {
        public static string Name => "cauchy cdf";

        public static double Of(double x) => Math.Atan2(1, -x) / Math.PI;

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy / Math.PI / (1 + x.Square());
    }

    private readonly struct CauchyQuantileFunction : IScalarFunction
    {
        public static string Name => "cauchy quantile";

        public static double Of(double x) =>
            Math.Abs(x - 0.5) < 0.25 ? Math.Tan(Math.PI * (x - 0.5)) : x < 0.5 ? -1 / Math.Tan(Math.PI * x) : 1 / Math.Tan(Math.PI * (1 - x));

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * Math.PI * (1 + y.Square());
    }

    private readonly struct HalfCauchyCdfFunction : IScalarFunction
    {
        public static string Name => "half-cauchy cdf";

        public static double Of(double x) => 2 / Math.PI * Math.Atan(x);

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (2 / Math.PI) / (1 + x.Square());
    }

    private readonly struct HalfCauchyQuantileFunction : IScalarFunction
    {
        public static string Name => "half-cauchy quantile";

        public static double Of(double x) => x < 0.5 ? Math.Tan(0.5 * Math.PI * x) : 1 / Math.Tan(0.5 * Math.PI * (1 - x));

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (Math.PI / 2) * (1 + y.Square());
    }
}
