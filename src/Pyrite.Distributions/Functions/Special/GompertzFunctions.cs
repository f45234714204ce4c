using Pyrite.Kernels.Special;

namespace Pyrite.Functions.Special;

/// <summary>The variance of Gompertz lifetimes: that of log(1 + E / concentration) for a standard exponential E.</summary>
internal static class GompertzFunctions
{
    private const int Panels = 60;
    private const double Lowest = -45;
    private const double Highest = 4;

    extension(Tensor concentration)
    {
        /// <summary>The variance for rate 1.</summary>
        public Tensor GompertzVariance() => ScalarFunctions.Of<VarianceFunction>(concentration);
    }

    /// <summary>E[function(E)] of a standard exponential, by quadrature over log E.</summary>
    private static double Expectation(Func<double, double> function) =>
        GaussLegendre.Integrate(Lowest, Highest, Panels, u => function(Math.Exp(u)) * Math.Exp(u - Math.Exp(u)));

    private static double Mean(double concentration) => Expectation(e => SpecialFunctions.Log1p(e / concentration));

    private readonly struct VarianceFunction : IScalarFunction
    {
        public static string Name => "gompertz variance";

        public static double Of(double x)
        {
            double mean = Mean(x);
            return Expectation(e =>
            {
                double deviation = SpecialFunctions.Log1p(e / x) - mean;
                return deviation * deviation;
            });
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => dy * ScalarFunctions.Of<SlopeFunction>(x);
    }

    /// <summary>d/dc of the variance: -2 Cov(log(1 + E / c), E / (c (c + E))).</summary>
    private readonly struct SlopeFunction : IScalarFunction
    {
        public static string Name => "gompertz variance slope";

        public static double Of(double x)
        {
            double mean = Mean(x);
            return Expectation(e => -2 * (SpecialFunctions.Log1p(e / x) - mean) * e / (x * (x + e)));
        }

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor dy) =>
            throw new NotSupportedException("Second derivatives of the variance of a Gompertz variable are not available.");
    }
}
