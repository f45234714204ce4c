using Pyrite.Kernels.Special;


namespace Pyrite.Functions.Special;

/// <summary>Distribution function of a von Mises angle around 0, its derivatives in the concentration and its quantiles, for single
/// numbers.</summary>
/// <remarks>
/// Gauss-Legendre quadrature outwards from the angle, scaled by the density there, so that tails keep all digits at any concentration. With A = I₁/I₀
/// the derivatives of the density in the concentration are factors cos t - A and (cos t - A)² - A′ in the integrand (Mardia and Jupp, Directional
/// Statistics, 2000, section 3.5.4).
/// </remarks>
internal static class VonMisesMath
{
    private const int Panels = 8;
    private const double Negligible = 45;
    private const double AsymptoticFrom = 1e3;

    /// <summary>P(Z ≤ angle) for an angle within [-π, π].</summary>
    public static double Lower(double concentration, double angle) => angle > 0 ? 1 - Tail(concentration, angle) : Tail(concentration, angle);

    /// <summary>The derivative of <see cref="Lower"/> in the concentration, over the density.</summary>
    public static double SlopeOverDensity(double concentration, double angle)
    {
        double size = Math.Abs(angle);
        double complement = Complement(concentration);
        double value = size * size * concentration < 1 && size < 1
            ? -Inner(concentration, size, t => Excess(complement, t))
            : Outer(concentration, size, t => Excess(complement, t));
        return angle > 0 ? -value : value;
    }

    /// <summary>The second derivative of <see cref="Lower"/> in the concentration, over the density.</summary>
    public static double BendOverDensity(double concentration, double angle)
    {
        double size = Math.Abs(angle);
        double complement = Complement(concentration);
        double variance = Variance(concentration, complement);
        double Weight(double t)
        {
            double excess = Excess(complement, t);
            return (excess * excess) - variance;
        }
        double value = size * size * concentration < 1 && size < 1 ? -Inner(concentration, size, Weight) : Outer(concentration, size, Weight);
        return angle > 0 ? -value : value;
    }

    /// <summary>The density.</summary>
    public static double Density(double concentration, double angle)
    {
        double half = Math.Sin(0.5 * angle);
        return Math.Exp(-2 * concentration * half * half) / (2 * Math.PI * SpecialFunctions.BesselI0Scaled(concentration));
    }

    /// <summary>The angle that is not exceeded with probability p = 1 - q.</summary>
    public static double Quantile(double concentration, double p, double q)
    {
        if (!(p > 0 && q > 0))
        {
            return p == 0 ? -Math.PI : q == 0 ? Math.PI : double.NaN;
        }
        bool lower = p <= 0.5;
        double target = lower ? p : q;
        double low = -Math.PI;
        double high = 0;
        double angle = Math.Clamp(SpecialFunctions.NormalQuantile(target) / Math.Sqrt(concentration + 0.25), -3, 0);
        for (int step = 0; step < 200; step++)
        {
            double tail = Tail(concentration, angle);
            if (tail > target)
            {
                high = angle;
            }
            else
            {
                low = angle;
            }
            double slope = Density(concentration, angle);
            double next = angle - (tail / slope * Math.Log(tail / target));
            next = next > low && next < high ? next : 0.5 * (low + high);
            if (Math.Abs(next - angle) <= 1e-16 * Math.Abs(angle) || tail == target)
            {
                break;
            }
            angle = next;
        }
        return lower ? angle : -angle;
    }

    /// <summary>P(|Z| beyond |angle| on one side).</summary>
    public static double Tail(double concentration, double angle)
    {
        double size = Math.Abs(angle);
        return Density(concentration, size) * Outer(concentration, size, _ => 1);
    }

    /// <summary>cos t - A for a given 1 - A.</summary>
    private static double Excess(double complement, double t)
    {
        double half = Math.Sin(0.5 * t);
        return complement - (2 * half * half);
    }

    /// <summary>A′.</summary>
    public static double ResultantSlope(double concentration) => Variance(concentration, Complement(concentration));

    /// <summary>1 - A.</summary>
    public static double Complement(double concentration)
    {
        double inverse = 1 / concentration;
        return concentration < AsymptoticFrom
            ? 1 - SpecialFunctions.BesselRatio(concentration)
            : inverse * (0.5 + (inverse * (0.125 + (inverse * (0.125 + (inverse * ((25.0 / 128) + (inverse * 13.0 / 32))))))));
    }

    /// <summary>A′ = 1 - A / concentration - A², the variance of cos t.</summary>
    private static double Variance(double concentration, double complement)
    {
        double inverse = 1 / concentration;
        return concentration < 1e-4 ? 0.5
            : concentration < AsymptoticFrom ? (complement * (2 - complement)) - ((1 - complement) * inverse)
            : inverse * inverse * (0.5 + (inverse * (0.25 + (inverse * (0.375 + (inverse * ((25.0 / 32) + (inverse * 65.0 / 32))))))));
    }

    /// <summary>∫ weight(t) f(t) / f(size) dt for t from size to π.</summary>
    private static double Outer(double concentration, double size, Func<double, double> weight)
    {
        double Exponent(double offset) => 2 * concentration * Math.Sin(0.5 * offset) * Math.Sin((0.5 * offset) + size);
        double reach = Math.Max(0, Math.PI - size);
        while (Exponent(0.5 * reach) > Negligible)
        {
            reach *= 0.5;
        }
        return GaussLegendre.Integrate(0, reach, Panels, offset => weight(size + offset) * Math.Exp(-Exponent(offset)));
    }

    /// <summary>∫ weight(t) f(t) / f(size) dt for t from 0 to size.</summary>
    private static double Inner(double concentration, double size, Func<double, double> weight) =>
        GaussLegendre.Integrate(0, size, 2, t => weight(t) * Math.Exp(2 * concentration * Math.Sin(0.5 * (size - t)) * Math.Sin(0.5 * (size + t))));
}
