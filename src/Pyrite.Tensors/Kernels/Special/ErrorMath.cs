namespace Pyrite.Kernels.Special;

/// <summary>The error function and its relatives, for single numbers.</summary>
/// <remarks>All rest on erfcx(x) = exp(x²) erfc(x), here a Chebyshev series in (x - 2) / (x + 2) of (x + 2) erfcx(x) whose coefficients were computed
/// to 60 digits.</remarks>
internal static class ErrorMath
{
    private const double Root2 = 1.4142135623730950488;
    private const double TwoOverRootPi = 1.1283791670955125739;
    private const double LogTwo = 0.69314718055994530942;
    private const double SeriesLimit = 0.5;
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    private static readonly double[] Coefficients =
    [
        1.1540674772329393772, -0.71087384254099697461, 0.1301903176575730491, -0.0073422847916732783318, -0.0022256894867052649938,
            0.00032151659830756159516,
        0.000065560631483462741209, -0.000010884883291010032067, -3.0309331106342963244e-6, 2.8595216362339729834e-7, 1.6469217654838986866e-7,
        2.5925693704613125072e-9, -8.3094432620303966084e-9, -1.2694116556725622363e-9, 2.8641645424512447414e-10, 1.2320780210409171084e-10,
        4.1224277109443392612e-12, -7.1429862976954088901e-12, -1.7172845686503592951e-12, 1.2291200427581261108e-13, 1.4837451497193234115e-13,
        2.5790085510064651231e-14, -4.7174527714212647135e-15, -3.1458698763371822794e-15, -4.5565932479092930349e-16, 1.262466090151285962e-16,
        7.1833527063629845983e-17, 1.0099618299695458559e-17, -3.0649082226309797896e-18,
    ];

    /// <summary>exp(x²) erfc(x); for large x about 1 / (x √π).</summary>
    public static double Erfcx(double x)
    {
        if (x < 0)
        {
            return x < -27 ? double.PositiveInfinity : (2 * ExpSquare(x)) - Erfcx(-x);
        }
        if (double.IsPositiveInfinity(x))
        {
            return 0;
        }
        double s = x > 1e300 ? 1 : (x - 2) / (x + 2);
        double next = 0;
        double current = 0;
        for (int i = Coefficients.Length - 1; i > 0; i--)
        {
            (current, next) = ((2 * s * current) - next + Coefficients[i], current);
        }
        return ((s * current) - next + Coefficients[0]) / (x + 2);
    }

    /// <summary>1 - erf(x), relatively exact for large x.</summary>
    public static double Erfc(double x)
    {
        if (x < SeriesLimit)
        {
            return 1 - Erf(x);
        }
        return x > 27.5 ? 0 : ExpMinusSquare(x) * Erfcx(x);
    }

    /// <summary>2/√π times the integral of exp(-t²) from 0 to x.</summary>
    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (!(size < SeriesLimit))
        {
            return double.IsNaN(x) ? x : Math.CopySign(size > 6 ? 1 : 1 - Erfc(size), x);
        }
        double square = x * x;
        double term = x;
        double sum = x;
        for (int k = 1; k < 20; k++)
        {
            term *= -square / k;
            sum += term / ((2 * k) + 1);
        }
        return TwoOverRootPi * sum;
    }

    /// <summary>P(Z ≤ x) of a standard normal Z.</summary>
    public static double NormalCdf(double x)
    {
        if (Math.Abs(x) < SeriesLimit)
        {
            return 0.5 + (0.5 * Erf(x / Root2));
        }
        double tail = x is < -40 or > 40 ? 0 : 0.5 * ExpMinusHalfSquare(x) * Erfcx(Math.Abs(x) / Root2);
        return double.IsNaN(x) ? x : x < 0 ? tail : 1 - tail;
    }

    /// <summary>log P(Z ≤ x) of a standard normal Z, also where the probability underflows.</summary>
    public static double LogNormalCdf(double x)
    {
        if (double.IsNegativeInfinity(x))
        {
            return x;
        }
        return x < -1 ? (-0.5 * x * x) + Math.Log(Erfcx(-x / Root2)) - LogTwo : RealFunctions.Log1p(-NormalCdf(-x));
    }

    /// <summary>φ(x) / Φ(x): the slope of <see cref="LogNormalCdf"/>.</summary>
    public static double InverseMills(double x)
    {
        if (x < -1)
        {
            return 2 * Math.Exp(-HalfLogTwoPi) / Erfcx(-x / Root2);
        }
        return Math.Exp((-0.5 * x * x) - HalfLogTwoPi) / NormalCdf(x);
    }

    /// <summary>The x with P(Z ≤ x) = p.</summary>
    /// <remarks>Start: Abramowitz and Stegun 26.2.23; then Newton's method, on the probability in the middle and on its logarithm in the
    /// tails.</remarks>
    public static double NormalQuantile(double p)
    {
        if (!(p is > 0 and < 1))
        {
            return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        }
        double centre = p - 0.5;
        if (Math.Abs(centre) < 0.4)
        {
            return Root2 * ErfInverseCentral(2 * centre);
        }
        double tail = NormalQuantileFromLog(Math.Log(p < 0.5 ? p : 1 - p));
        return p < 0.5 ? tail : -tail;
    }

    /// <summary>The x with log P(Z ≤ x) = logP, for probabilities of at most 1/2 or so.</summary>
    public static double NormalQuantileFromLog(double logP)
    {
        double t = Math.Sqrt(-2 * logP);
        double x = -(t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308))))))));
        for (int i = 0; i < 8; i++)
        {
            double step = (LogNormalCdf(x) - logP) / InverseMills(x);
            x -= step;
            if (Math.Abs(step) < 1e-9 * Math.Abs(x))
            {
                break;
            }
        }
        return x;
    }

    /// <summary>The x with erf(x) = y.</summary>
    public static double ErfInverse(double y)
    {
        double size = Math.Abs(y);
        if (!(size < 1))
        {
            return size == 1 ? Math.CopySign(double.PositiveInfinity, y) : double.NaN;
        }
        return size < 0.8 ? ErfInverseCentral(y) : Math.CopySign(-NormalQuantileFromLog(Math.Log((1 - size) / 2)) / Root2, y);
    }

    /// <summary>Newton's method with Halley's correction on erf, for |y| up to 0.8.</summary>
    private static double ErfInverseCentral(double y)
    {
        double x = y / TwoOverRootPi * (1 + (y * y * (0.26 + (0.3 * y * y))));
        for (int i = 0; i < 6; i++)
        {
            double newton = (Erf(x) - y) / (TwoOverRootPi * Math.Exp(-x * x));
            double step = newton / (1 + (x * newton));
            x -= step;
            if (Math.Abs(step) <= 1e-9 * Math.Abs(x))
            {
                break;
            }
        }
        return x;
    }

    /// <summary>exp(-x²) with the rounding error of the square taken out: the leading half of x squares exactly.</summary>
    private static double ExpMinusSquare(double x)
    {
        double lead = Math.Round(x * 16) / 16;
        return Math.Exp(-lead * lead) * Math.Exp(-(x - lead) * (x + lead));
    }

    private static double ExpSquare(double x)
    {
        double lead = Math.Round(x * 16) / 16;
        return Math.Exp(lead * lead) * Math.Exp((x - lead) * (x + lead));
    }

    private static double ExpMinusHalfSquare(double x)
    {
        double lead = Math.Round(x * 16) / 16;
        return Math.Exp(-0.5 * lead * lead) * Math.Exp(-0.5 * (x - lead) * (x + lead));
    }
}
