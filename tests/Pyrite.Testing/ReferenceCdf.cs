namespace Pyrite.Testing;

/// <summary>Plain distribution functions that the statistical checks rest on.</summary>
/// <remarks>Series and continued fraction of the incomplete gamma function (Abramowitz and Stegun 6.5.29, 6.5.31); about 1e-13 relative.</remarks>
public static class ReferenceCdf
{
    private const double Tiny = 1e-300;

    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
        -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>P(Z ≤ x) of a standard normal Z, precise in the lower tail.</summary>
    public static double Normal(double x)
    {
        double tail = 0.5 * GammaUpper(0.5, 0.5 * x * x);
        return x < 0 ? tail : 1 - tail;
    }

    /// <summary>P(X ≥ x) of a chi-square X.</summary>
    public static double ChiSquareSurvival(double x, double degreesOfFreedom) => GammaUpper(0.5 * degreesOfFreedom, 0.5 * x);

    /// <summary>P(K ≥ λ) of Kolmogorov's limit distribution: 2 Σ (-1)^(j-1) exp(-2 j² λ²).</summary>
    public static double KolmogorovSurvival(double lambda)
    {
        if (lambda < 0.2)
        {
            return 1;
        }
        double sum = 0;
        for (int j = 1; j <= 100; j++)
        {
            double term = Math.Exp(-2.0 * j * j * lambda * lambda);
            sum += j % 2 == 1 ? term : -term;
        }
        return Math.Clamp(2 * sum, 0, 1);
    }

    /// <summary>The regularized upper incomplete gamma function Q(a, x).</summary>
    public static double GammaUpper(double a, double x)
    {
        if (x <= 0)
        {
            return 1;
        }
        double scale = Math.Exp(a * Math.Log(x) - x - LogGamma(a));
        return x < a + 1 ? 1 - scale * LowerSeries(a, x) : scale * UpperFraction(a, x);
    }

    /// <summary>The regularized incomplete beta function I(x; a, b), the distribution function of a Beta variable.</summary>
    /// <remarks>The continued fraction 8.17.22 of the DLMF, on the side where it converges fast.</remarks>
    public static double Beta(double a, double b, double x)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }
        if (x > (a + 1) / (a + b + 2))
        {
            return 1 - Beta(b, a, 1 - x);
        }
        double fraction = 1;
        for (int k = 400; k >= 1; k--)
        {
            int m = k / 2;
            double term = k % 2 == 0
                ? m * (b - m) * x / ((a + k - 1) * (a + k))
                : -(a + m) * (a + b + m) * x / ((a + k - 1) * (a + k));
            fraction = 1 + (term / fraction);
        }
        return Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) + LogGamma(a + b) - LogGamma(a) - LogGamma(b)) / (a * fraction);
    }

    /// <summary>ln Γ(x) for x &gt; 0.</summary>
    public static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }
        double sum = Lanczos[0];
        for (int i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x - 1 + i);
        }
        double t = x + 6.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    private static double LowerSeries(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (double n = a + 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= x / n;
            sum += term;
        }
        return sum;
    }

    private static double UpperFraction(double a, double x)
    {
        double b = x + 1 - a, c = 1 / Tiny, d = 1 / b, h = d;
        for (int i = 1; i < 100_000; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = an * d + b;
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = b + an / c;
            c = Math.Abs(c) < Tiny ? Tiny : c;
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
            {
                break;
            }
        }
        return h;
    }
}
