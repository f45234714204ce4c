namespace Pyrite.Functions.Special;

/// <summary>Distribution function, quantiles and implicit gradients of von Mises angles that lie in [-π, π).</summary>
internal static class VonMisesFunctions
{
    extension(Tensor)
    {
        /// <summary>P(X ≤ x) for an angle X in [-π, π).</summary>
        public static Tensor VonMisesCdf(Tensor loc, Tensor concentration, Tensor x) => ScalarFunctions.Of<CdfFunction>(loc, concentration, x);

        /// <summary>The x with P(X ≤ x) = p.</summary>
        public static Tensor VonMisesQuantile(Tensor loc, Tensor concentration, Tensor p) =>
            ScalarFunctions.Of<QuantileFunction>(loc, concentration, p);
    }

    /// <summary>Draws around 0 as they are, but with their implicit derivative in the concentration (Figurnov et al., 2018).</summary>
    public static Tensor WithConcentration(Tensor draws, Tensor concentration) => ScalarFunctions.Of<AttachFunction>(concentration, draws);

    private static Tensor SlopeOverDensity(Tensor concentration, Tensor angle) => ScalarFunctions.Of<SlopeFunction>(concentration, angle);

    private static Tensor Density(Tensor concentration, Tensor angle) =>
        (-2 * concentration * (0.5 * angle).Sin().Square()).Exp() / (2 * Math.PI * concentration.BesselI0Scaled());

    private static Tensor Slope(Tensor concentration, Tensor angle) => Density(concentration, angle) * SlopeOverDensity(concentration, angle);

    private static double Wrapped(double angle) => Math.IEEERemainder(angle, 2 * Math.PI);

    private readonly struct CdfFunction : IScalarFunction3
    {
        public static string Name => "von mises cdf";

        /// <summary>With y = x - loc, the mass from the cut at -π - loc up to y, counted as a sum of tails where the arc passes ±π.</summary>
        public static double Of(double a, double b, double c)
        {
            if (!(Math.Abs(c) < Math.PI))
            {
                return c <= -Math.PI ? 0 : c >= Math.PI ? 1 : double.NaN;
            }
            double loc = Wrapped(a);
            double edge = Wrapped(-Math.PI - loc);
            double y = c - loc;
            if (loc > 0)
            {
                double before = VonMisesMath.Lower(b, -edge);
                return y >= -Math.PI ? VonMisesMath.Lower(b, y) + before : before - VonMisesMath.Lower(b, -(y + (2 * Math.PI)));
            }
            return y <= Math.PI
                ? Math.Max(0, VonMisesMath.Lower(b, y) - VonMisesMath.Lower(b, Math.Min(edge, -Math.PI - loc)))
                : VonMisesMath.Lower(b, Math.PI + loc) + VonMisesMath.Lower(b, y - (2 * Math.PI));
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input)
        {
            Tensor angle = inputs[2] - inputs[0];
            Tensor edge = -Math.PI - inputs[0];
            Tensor inside = inputs[2].Abs() < Math.PI;
            return Tensor.Where(inside, dy, 0) * input switch
            {
                0 => Density(inputs[1], edge) - Density(inputs[1], angle),
                1 => Slope(inputs[1], angle) - Slope(inputs[1], edge),
                _ => Density(inputs[1], angle),
            };
        }
    }

    private readonly struct QuantileFunction : IScalarFunction3
    {
        public static string Name => "von mises quantile";

        public static double Of(double a, double b, double c)
        {
            if (!(c is > 0 and < 1))
            {
                return c == 0 ? -Math.PI : c == 1 ? Math.PI : double.NaN;
            }
            double loc = Wrapped(a);
            double room = Math.PI - Math.Abs(loc);
            double before = VonMisesMath.Tail(b, room);
            double p = loc > 0 ? c - before : c + before;
            double q = loc > 0 ? 1 - c + before : 1 - c - before;
            double angle = p < 0 ? -VonMisesMath.Quantile(b, -p, 1 + p) - (2 * Math.PI)
                : q < 0 ? (2 * Math.PI) - VonMisesMath.Quantile(b, 1 + q, -q)
                : VonMisesMath.Quantile(b, p, q);
            return Math.Clamp(loc + angle, -Math.PI, Math.PI);
        }

        public static Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input)
        {
            Tensor density = Density(inputs[1], y - inputs[0]);
            Tensor edge = -Math.PI - inputs[0];
            return input switch
            {
                0 => dy * (1 - (Density(inputs[1], edge) / density)),
                1 => dy * ((Slope(inputs[1], edge) / density) - SlopeOverDensity(inputs[1], y - inputs[0])),
                _ => dy / density,
            };
        }
    }

    private readonly struct AttachFunction : IScalarFunction2
    {
        public static string Name => "von mises draw with gradient";

        public static double Of(double a, double b) => b;

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? -dy * SlopeOverDensity(a, y) : null;
    }

    private readonly struct SlopeFunction : IScalarFunction2
    {
        public static string Name => "von mises cdf by concentration, over the density";

        public static double Of(double a, double b) => VonMisesMath.SlopeOverDensity(a, Wrapped(b));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            Tensor excess = 1 - a.BesselRatio() - (2 * (0.5 * b).Sin().Square());
            return dy * (input == 0 ? ScalarFunctions.Of<BendFunction>(a, b) - (y * excess) : excess + (y * a * b.Sin()));
        }
    }

    private readonly struct BendFunction : IScalarFunction2
    {
        public static string Name => "von mises cdf by concentration twice, over the density";

        public static double Of(double a, double b) => VonMisesMath.BendOverDensity(a, Wrapped(b));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            throw new NotSupportedException(
                "Third derivatives of the von Mises distribution function that involve the concentration twice are not available.");
    }
}
