namespace Pyrite.Functions.Special;

/// <summary>tan(u) / u - 1 for u in [0, π/2), exact near 0: the relative variance of log-logistic variables.</summary>
internal static class LogLogisticFunctions
{
    private const double SeriesBelow = 0.5;

    extension(Tensor u)
    {
        /// <summary>tan(u) / u - 1.</summary>
        public Tensor TangentExcess() => ScalarFunctions.Of<ExcessFunction>(u);
    }

    /// <summary>Σ (-1)ᵏ⁺¹ factor(k) u²ᵏ⁺¹ / (2k + 1)! for k of at least 1.</summary>
    private static double Series(double u, Func<int, double> factor)
    {
        double power = u;
        double sum = 0;
        for (int k = 1; k < 14; k++)
        {
            power *= -u * u / (2 * k * ((2 * k) + 1));
            sum -= factor(k) * power;
        }
        return sum;
    }

    private readonly struct ExcessFunction : IScalarFunction
    {
        public static string Name => "tangent excess";

        /// <summary>(sin u - u cos u) / (u cos u).</summary>
        public static double Of(double x)
        {
            if (x == 0)
            {
                return 0;
            }
            return Math.Abs(x) < SeriesBelow ? Series(x, k => 2 * k) / (x * Math.Cos(x)) : (Math.Tan(x) / x) - 1;
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ScalarFunctions.Of<SlopeFunction>(x);
    }

    /// <summary>(u - sin u cos u) / (u cos u)².</summary>
    private readonly struct SlopeFunction : IScalarFunction
    {
        public static string Name => "tangent excess slope";

        public static double Of(double x)
        {
            if (x == 0)
            {
                return 0;
            }
            double difference = Math.Abs(x) < SeriesBelow ? 0.5 * Series(2 * x, _ => 1) : x - (Math.Sin(x) * Math.Cos(x));
            double product = x * Math.Cos(x);
            return difference / (product * product);
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) =>
            throw new NotSupportedException("Second derivatives of the variance of LogLogistic are not available.");
    }
}
