using Pyrite.Kernels.Special;

namespace Pyrite.Functions.Special;

/// <summary>Distribution function and mode of a standard skew normal variable with density 2 φ(z) Φ(alpha z).</summary>
internal static class SkewNormalFunctions
{
    private const int Panels = 8;
    private const double Negligible = 45;
    private const double CertainFrom = 9;   // Φ(-9) is 1e-19
    private const double Farthest = 1e150;   // the square is a number, and the density 0 for long

    extension(Tensor z)
    {
        /// <summary>log P(Z ≤ z), also where the probability underflows.</summary>
        public Tensor LogSkewNormalCdf(Tensor alpha) => ScalarFunctions.Of<LogCdfFunction>(z, alpha);
    }

    extension(Tensor alpha)
    {
        /// <summary>The z where the density is greatest.</summary>
        public Tensor SkewNormalMode() => ScalarFunctions.Of<ModeFunction>(alpha);
    }

    private static double LogDensity(double z, double alpha) =>
        Math.Log(2) - (0.5 * z * z) - (0.5 * Math.Log(2 * Math.PI)) + SpecialFunctions.LogNormalCdf(alpha * z);

    /// <summary>log P(Z ≤ z) for z at or below the mean, by quadrature downwards from z; the density is log-concave.</summary>
    private static double LogLowerTail(double z, double alpha)
    {
        double top = LogDensity(z, alpha);
        double reach = 1e-3 * (1 + Math.Abs(z));
        while (reach > 1e-300 && top - LogDensity(z - reach, alpha) > Negligible)
        {
            reach *= 0.5;
        }
        while (top - LogDensity(z - reach, alpha) < Negligible)
        {
            reach *= 1.5;
        }
        return top + Math.Log(GaussLegendre.Integrate(0, reach, Panels, offset => Math.Exp(LogDensity(z - offset, alpha) - top)));
    }

    /// <summary>φ(u) / Φ(u).</summary>
    private static Tensor Hazard(Tensor u) => ((-0.5 * u.Square()) - (0.5 * Math.Log(2 * Math.PI)) - u.LogNormalCdf()).Exp();

    private readonly struct LogCdfFunction : IScalarFunction2
    {
        public static string Name => "log skew normal cdf";

        public static double Of(double a, double b)
        {
            if (Math.Abs(a) > Farthest || double.IsNaN(a + b))
            {
                return a > 0 ? 0 : a < 0 ? double.NegativeInfinity : double.NaN;
            }
            if (b * a > CertainFrom)
            {
                // Φ(alpha t) is 1 from here on, so that the tail is twice the Gaussian one; below lies a kink that quadrature misses.
                double tail = Math.Log(2) + SpecialFunctions.LogNormalCdf(-Math.Abs(a));
                return b > 0 ? SpecialFunctions.Log1mExp(tail) : tail;
            }
            double mean = Math.Sqrt(2 / Math.PI) * b / Math.Sqrt(1 + (b * b));
            return a <= mean ? LogLowerTail(a, b) : SpecialFunctions.Log1mExp(LogLowerTail(-a, -b));
        }

        /// <summary>∂F/∂alpha = -exp(-z² (1 + alpha²) / 2) / (π (1 + alpha²)).</summary>
        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            if (input == 0)
            {
                return dy * (Math.Log(2 / Math.Sqrt(2 * Math.PI)) - (0.5 * a.Square()) + (a * b).LogNormalCdf() - y).Exp();
            }
            Tensor size = 1 + b.Square();
            return -dy * ((-0.5 * a.Square() * size) - y).Exp() / (Math.PI * size);
        }
    }

    private readonly struct ModeFunction : IScalarFunction
    {
        public static string Name => "skew normal mode";

        public static double Of(double x) => MonotoneRoot.Find(0, rising: false, z =>
        {
            double u = x * z;
            double hazard = Math.Exp((-0.5 * u * u) - (0.5 * Math.Log(2 * Math.PI)) - SpecialFunctions.LogNormalCdf(u));
            return ((x * hazard) - z, -1 - (x * x * hazard * (u + hazard)));
        });

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy)
        {
            Tensor u = x * y;
            Tensor hazard = Hazard(u);
            Tensor bend = hazard * (u + hazard);
            return dy * (hazard - (u * bend)) / (1 + (x.Square() * bend));
        }
    }
}
