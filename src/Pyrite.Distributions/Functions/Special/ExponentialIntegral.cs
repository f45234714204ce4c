namespace Pyrite.Functions.Special;

/// <summary>The exponential integral E₁, scaled by eˣ so that it neither over- nor underflows.</summary>
internal static class ExponentialIntegral
{
    private const double Euler = 0.57721566490153286061;

    extension(Tensor x)
    {
        /// <summary>eˣ E₁(x) = ∫ e⁻ᵗ / (x + t) dt over positive t, for positive x.</summary>
        public Tensor ScaledExponentialIntegral() => ScalarFunctions.Of<ScaledFunction>(x);
    }

    /// <summary>Series DLMF 6.6.2 below 1, continued fraction 6.9.1 by Lentz's method above.</summary>
    private static double Scaled(double x)
    {
        if (x < 1)
        {
            double term = 1;
            double sum = 0;
            for (int k = 1; k < 30; k++)
            {
                term *= -x / k;
                sum -= term / k;
            }
            return Math.Exp(x) * (sum - Euler - Math.Log(x));
        }
        double b = x + 1;
        double c = double.MaxValue;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < 500; i++)
        {
            double a = -(double)i * i;
            b += 2;
            d = 1 / ((a * d) + b);
            c = b + (a / c);
            h *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-16)
            {
                break;
            }
        }
        return h;
    }

    private readonly struct ScaledFunction : IScalarFunction
    {
        public static string Name => "scaled exponential integral";

        public static double Of(double x) => x > 0 ? Scaled(x) : x == 0 ? double.PositiveInfinity : double.NaN;

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * (y - (1 / x));
    }
}
