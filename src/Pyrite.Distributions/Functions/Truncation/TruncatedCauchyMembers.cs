using Pyrite.Kernels.Special;

namespace Pyrite.Functions.Truncation;

/// <summary>Moments of a Cauchy variable between two finite bounds, in units of its scale and counted from the lower bound.</summary>
/// <remarks>
/// Between bounds so close that the density hardly changes the closed forms are differences of near-equal numbers, and quadrature takes their place;
/// it converges there because the poles of the density are far away. Gradients are covariances with the density's score and densities at the end.
/// </remarks>
internal static class TruncatedCauchyMembers
{
    /// <summary>E[Z] - start for Z between start and start + width.</summary>
    public static Tensor MeanAbove(Tensor start, Tensor width) => ScalarFunctions.Of<MeanFunction>(start, width);

    /// <summary>Var[Z].</summary>
    public static Tensor Variance(Tensor start, Tensor width) => ScalarFunctions.Of<VarianceFunction>(start, width);

    private static NotSupportedException NoSecond() => new("Second derivatives of the moments of TruncatedCauchy are not available.");

    /// <summary>The mean of weight(t, score) over t from 0 to width with density proportional to 1 / (1 + (start + t)²), and the score -2z / (1 +
    /// z²).</summary>
    private static double Expectation(double start, double width, Func<double, double, double> weight)
    {
        // A panel is half the density's own width, √(1 + z²), long: twice as far from its poles as their distance from its middle needs.
        double mass = 0;
        double sum = 0;
        double at = 0;
        while (at < width)
        {
            double step = Math.Min(width - at, 0.5 * Math.Sqrt(1 + ((start + at) * (start + at))));
            mass += GaussLegendre.Integrate(at, at + step, 1, t => Density(start, t));
            sum += GaussLegendre.Integrate(at, at + step, 1, t => Density(start, t) * weight(t, Score(start, t)));
            at += step;
        }
        return sum / mass;
    }

    /// <summary>The density over that at the start.</summary>
    private static double Density(double start, double t)
    {
        double z = start + t;
        return (1 + (start * start)) / (1 + (z * z));
    }

    private static double Score(double start, double t)
    {
        double z = start + t;
        return -2 / (z + (1 / z));
    }

    private static double MeanOf(double start, double width) => Expectation(start, width, (t, _) => t);

    private static double VarianceOf(double start, double width)
    {
        double mean = MeanOf(start, width);
        return Expectation(start, width, (t, _) => (t - mean) * (t - mean));
    }

    /// <summary>The density at the upper bound.</summary>
    private static double EndDensity(double start, double width)
    {
        double end = start + width;
        double cross = 1 + (start * end);
        double angle = cross > 0 ? Math.Atan(width / cross) : Math.Atan2(width, cross);
        return 1 / (angle * (1 + (end * end)));
    }

    private readonly struct MeanFunction : IScalarFunction2
    {
        public static string Name => "truncated cauchy mean";

        public static double Of(double a, double b) => double.IsFinite(a + b) ? MeanOf(a, b) : double.NaN;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? ScalarFunctions.Of<MeanByStart>(a, b) : ScalarFunctions.Of<MeanByWidth>(a, b));
    }

    private readonly struct MeanByStart : IScalarFunction2
    {
        public static string Name => "truncated cauchy mean by start";

        public static double Of(double a, double b)
        {
            double mean = MeanOf(a, b);
            return Expectation(a, b, (t, score) => (t - mean) * score);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => throw NoSecond();
    }

    private readonly struct MeanByWidth : IScalarFunction2
    {
        public static string Name => "truncated cauchy mean by width";

        public static double Of(double a, double b) => EndDensity(a, b) * (b - MeanOf(a, b));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => throw NoSecond();
    }

    private readonly struct VarianceFunction : IScalarFunction2
    {
        public static string Name => "truncated cauchy variance";

        public static double Of(double a, double b) => double.IsFinite(a + b) ? VarianceOf(a, b) : double.NaN;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? ScalarFunctions.Of<VarianceByStart>(a, b) : ScalarFunctions.Of<VarianceByWidth>(a, b));
    }

    private readonly struct VarianceByStart : IScalarFunction2
    {
        public static string Name => "truncated cauchy variance by start";

        public static double Of(double a, double b)
        {
            double mean = MeanOf(a, b);
            double variance = VarianceOf(a, b);
            return Expectation(a, b, (t, score) => (((t - mean) * (t - mean)) - variance) * score);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => throw NoSecond();
    }

    private readonly struct VarianceByWidth : IScalarFunction2
    {
        public static string Name => "truncated cauchy variance by width";

        public static double Of(double a, double b)
        {
            double rest = b - MeanOf(a, b);
            return EndDensity(a, b) * ((rest * rest) - VarianceOf(a, b));
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => throw NoSecond();
    }
}
