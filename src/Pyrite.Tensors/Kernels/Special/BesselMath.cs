namespace Pyrite.Kernels.Special;

/// <summary>Modified Bessel functions of the first kind, orders 0 and 1, for single numbers.</summary>
/// <remarks>Power series DLMF 10.25.2 up to 40, all of whose terms are positive; asymptotic series 10.40.1 beyond.</remarks>
internal static class BesselMath
{
    private const double AsymptoticFrom = 40;

    /// <summary>e^-|x| I₀(x).</summary>
    public static double I0e(double x)
    {
        double size = Math.Abs(x);
        return size < AsymptoticFrom ? Math.Exp(-size) * (1 + SeriesMinusOne(size, 0)) : Asymptotic(size, 0);
    }

    /// <summary>e^-|x| I₁(x).</summary>
    public static double I1e(double x)
    {
        double size = Math.Abs(x);
        double value = size < AsymptoticFrom ? Math.Exp(-size) * (size / 2) * (1 + SeriesMinusOne(size, 1)) : Asymptotic(size, 1);
        return x < 0 ? -value : value;
    }

    /// <summary>log I₀(x), relatively exact near 0.</summary>
    public static double LogI0(double x)
    {
        double size = Math.Abs(x);
        return size < AsymptoticFrom ? RealFunctions.Log1p(SeriesMinusOne(size, 0)) : size + Math.Log(Asymptotic(size, 0));
    }

    /// <summary>I₁(x) / I₀(x): the mean resultant length of a von Mises distribution.</summary>
    public static double Ratio(double x) => double.IsInfinity(x) ? Math.Sign(x) : I1e(x) / I0e(x);

    private static double SeriesMinusOne(double x, int order)
    {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 0;
        for (int k = 1; k < 200; k++)
        {
            term *= quarter / (k * (k + order));
            sum += term;
            if (term < 1e-17 * sum)
            {
                break;
            }
        }
        return sum;
    }

    private static double Asymptotic(double x, int order)
    {
        double mu = 4.0 * order * order;
        double term = 1;
        double sum = 1;
        for (int k = 1; k < 60; k++)
        {
            double odd = (2 * k) - 1;
            term *= -(mu - (odd * odd)) / (k * 8 * x);
            sum += term;
            if (Math.Abs(term) < 1e-17)
            {
                break;
            }
        }
        return sum / Math.Sqrt(2 * Math.PI * x);
    }
}
