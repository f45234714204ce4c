namespace Pyrite.Kernels.Special;

/// <summary>Elementary functions that lose no digits near their zeros.</summary>
internal static class RealFunctions
{
    private const double SeriesLimit = 0.5;

    /// <summary>log(1 + x) by Kahan's trick: the rounding error of 1 + x is divided out again.</summary>
    public static double Log1p(double x)
    {
        double sum = 1 + x;
        if (sum == 1)
        {
            return x;
        }
        return double.IsInfinity(sum) ? Math.Log(sum) : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>eˣ - 1, by the same trick for small x.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) > SeriesLimit)
        {
            return Math.Exp(x) - 1;
        }
        double power = Math.Exp(x);
        return power == 1 ? x : (power - 1) * (x / Math.Log(power));
    }

    /// <summary>eˣ - 1 - x, which is about x²/2 for small x.</summary>
    public static double Expm1Minus(double x)
    {
        if (Math.Abs(x) > SeriesLimit)
        {
            return Math.Exp(x) - 1 - x;
        }
        double term = 0.5 * x * x;
        double sum = term;
        for (int k = 3; k < 20; k++)
        {
            term *= x / k;
            sum += term;
        }
        return sum;
    }

    /// <summary>log(1 + x) - x, which is about -x²/2 for small x.</summary>
    /// <remarks>log(1 + x) = 2 artanh(r) with r = x / (2 + x), and 2r - x = -x·r.</remarks>
    public static double Log1pMinus(double x)
    {
        if (x is < -SeriesLimit or > 1)
        {
            return Log1p(x) - x;
        }
        double r = x / (2 + x);
        double square = r * r;
        double power = square;
        double sum = 0;
        for (int k = 3; k < 80 && power > 1e-18 * square; k += 2)
        {
            sum += power / k;
            power *= square;
        }
        return (-x * r) + (2 * r * sum);
    }

    /// <summary>log(x / m) - (x - m) / m; near x = m the excess knows it best, near x = 0 the ratio.</summary>
    /// <param name="x">x, above 0.</param>
    /// <param name="m">m, above 0.</param>
    /// <param name="excess">(x - m) / m, with as many digits as the caller has.</param>
    public static double LogRatioMinusExcess(double x, double m, double excess)
    {
        if (excess > -0.5)
        {
            return Log1pMinus(excess);
        }
        double ratio = x / m;
        return (double.IsNormal(ratio) ? Math.Log(ratio) : Math.Log(x) - Math.Log(m)) - excess;
    }

    /// <summary>log(1 - eˣ) for x below 0; the sum of the two branches loses no digits anywhere.</summary>
    public static double Log1mExp(double x) => x > -0.6931471805599453 ? Math.Log(-Expm1(x)) : Log1p(-Math.Exp(x));

    /// <summary>sin(πx), exact at whole numbers.</summary>
    public static double SinPi(double x)
    {
        double rest = x - (2 * Math.Round(x / 2));
        if (rest > 0.5)
        {
            rest = 1 - rest;
        }
        else if (rest < -0.5)
        {
            rest = -1 - rest;
        }
        return Math.Sin(Math.PI * rest);
    }

    /// <summary>cos(πx), exact at half-integers.</summary>
    public static double CosPi(double x) => SinPi(0.5 - (x - (2 * Math.Round(x / 2))));
}
