namespace Pyrite.Kernels.Special;

/// <summary>The logarithm of the gamma function and its derivatives, for single numbers.</summary>
/// <remarks>NIST Digital Library of Mathematical Functions, sections 5.7 (series about 2), 5.11 (Stirling), 5.5 (recurrence, reflection), 5.15
/// (polygamma).</remarks>
internal static class GammaMath
{
    private const double StirlingFrom = 10;
    private const double PolygammaFrom = 20;
    private const double Euler = 0.57721566490153286061;
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>ψ(x + h) - ψ(x) for positive x and h, term by term, so that nothing cancels.</summary>
    /// <remarks>Recurrence up to 10, then differences of the asymptotic terms B₂ₖ / (2k x²ᵏ) (Abramowitz and Stegun 6.3.6 and 6.3.18).</remarks>
    public static double DigammaStep(double x, double h)
    {
        if (!(x > 0 && h >= 0) || double.IsInfinity(h))
        {
            return x > 0 && h > 0 ? double.PositiveInfinity : Digamma(x + h) - Digamma(x);
        }
        double sum = 0;
        for (; x < 10; x++)
        {
            sum += h / x / (x + h);
        }
        double far = x + h;
        double near = 1 / (x * x);
        double other = 1 / (far * far);
        double gap = h / x / far * ((1 / x) + (1 / far));   // 1/x² - 1/(x + h)²
        double series = 0;
        double otherSum = 1;   // Σ nearⁱ other^(k-1-i), by which nearᵏ - otherᵏ exceeds gap
        double otherPower = 1;
        ReadOnlySpan<double> terms = [1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760];
        foreach (double term in terms)
        {
            series += term * otherSum;
            otherPower *= other;
            otherSum = (otherSum * near) + otherPower;
        }
        return sum + RealFunctions.Log1p(h / x) + (0.5 * h / x / far) + (gap * series);
    }

    /// <summary>ζ(k) - 1 for k = 2, 3, …</summary>
    private static readonly double[] ZetaMinusOne =
    [
        0.64493406684822643647, 0.2020569031595942854, 0.082323233711138191516, 0.036927755143369926331, 0.017343061984449139715,
            0.0083492773819228268398,
        0.0040773561979443393787, 0.0020083928260822144179, 0.00099457512781808533715, 0.0004941886041194645587, 0.00024608655330804829864,
        0.00012271334757848914675, 0.000061248135058704829259, 0.000030588236307020493552, 0.000015282259408651871733, 7.6371976378997622736e-6,
        3.8172932649998398565e-6, 1.9082127165539389257e-6, 9.5396203387279611315e-7, 4.7693298678780646312e-7, 2.3845050272773299e-7,
        1.1921992596531107307e-7, 5.9608189051259479612e-8, 2.9803503514652280186e-8, 1.4901554828365041235e-8, 7.450711789835429492e-9,
        3.7253340247884570548e-9, 1.8626597235130490064e-9,
    ];

    /// <summary>The Bernoulli numbers B₂, B₄, …</summary>
    private static readonly double[] Bernoulli =
    [
        0.16666666666666666667, -0.033333333333333333333, 0.023809523809523809524, -0.033333333333333333333, 0.075757575757575757576,
            -0.25311355311355311355,
        1.1666666666666666667, -7.0921568627450980392, 54.971177944862155388, -529.12424242424242424,
    ];

    /// <summary>log |Γ(x)|; +∞ at 0, -1, -2, …</summary>
    public static double LogGamma(double x)
    {
        if (!double.IsFinite(x))
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }
        if (Math.Abs(x) < 1e-300 && x != 0)
        {
            return -Math.Log(Math.Abs(x));
        }
        if (x <= 0)
        {
            double sine = Math.Abs(RealFunctions.SinPi(x));
            return sine == 0 ? double.PositiveInfinity : Math.Log(Math.PI / sine) - LogGamma(1 - x);
        }
        if (x >= StirlingFrom)
        {
            return ((x - 0.5) * (Math.Log(x) - 1)) + (HalfLogTwoPi - 0.5) + StirlingCorrection(x);
        }
        if (x < 1.5)
        {
            return x < 0.5 ? LogGamma1p(x) - Math.Log(x) : LogGamma1p(x - 1);
        }
        double product = 1;
        while (x > 2.5)
        {
            x--;
            product *= x;
        }
        return AboutTwo(x - 2) + Math.Log(product);
    }

    /// <summary>log Γ(1 + x) for x from -1/2 to 1/2, relatively exact near 0.</summary>
    public static double LogGamma1p(double x) => x is >= -0.5 and <= 0.5 ? AboutTwo(x) - RealFunctions.Log1p(x) : LogGamma(1 + x);

    /// <summary>log Γ(x) - ((x - ½) log x - x + ½ log 2π), which goes to 0 like 1 / 12x.</summary>
    public static double StirlingCorrection(double x)
    {
        if (x < StirlingFrom)
        {
            return LogGamma(x) - (((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi);
        }
        double inverse = 1 / x;
        double square = inverse * inverse;
        double sum = 0;
        for (int k = 8; k >= 1; k--)
        {
            sum = (sum * square) + (Bernoulli[k - 1] / (2 * k * ((2 * k) - 1)));
        }
        return sum * inverse;
    }

    /// <summary>The derivatives of orders 1 to 3 of <see cref="StirlingCorrection"/>, which go to 0 like those of 1 / 12x.</summary>
    public static double StirlingCorrectionSlope(double x, int order)
    {
        if (x < StirlingFrom)
        {
            return order switch
            {
                1 => Digamma(x) - Math.Log(x) + (0.5 / x),
                2 => Polygamma(1, x) - (1 / x) - (0.5 / (x * x)),
                _ => Polygamma(2, x) + (1 / (x * x)) + (1 / (x * x * x)),
            };
        }
        double inverse = 1 / x;
        double square = inverse * inverse;
        double sum = 0;
        for (int k = 10; k >= 1; k--)
        {
            int power = (2 * k) - 1;
            double rising = order == 1 ? power : order == 2 ? power * (power + 1) : power * (power + 1.0) * (power + 2);
            sum = (sum * square) + (rising * Bernoulli[k - 1] / (2 * k * power));
        }
        return (order == 2 ? sum : -sum) * square * (order == 1 ? 1 : order == 2 ? inverse : square);
    }

    /// <summary>The derivative of log Γ; NaN at 0, -1, -2, …</summary>
    public static double Digamma(double x)
    {
        if (x == 0)
        {
            return -1 / x;
        }
        if (x <= 0)
        {
            double sine = RealFunctions.SinPi(x);
            return sine == 0 ? double.NaN : Digamma(1 - x) - (Math.PI * RealFunctions.CosPi(x) / sine);
        }
        double shift = 0;
        while (x < StirlingFrom)
        {
            shift += 1 / x;
            x++;
        }
        double inverse = 1 / x;
        double square = inverse * inverse;
        double sum = 0;
        for (int k = 10; k >= 1; k--)
        {
            sum = (sum * square) + (Bernoulli[k - 1] / (2 * k));
        }
        return Math.Log(x) - (0.5 * inverse) - (sum * square) - shift;
    }

    /// <summary>ψ(x) - log x, which goes to 0 like -1 / 2x.</summary>
    public static double DigammaMinusLog(double x)
    {
        if (x < StirlingFrom)
        {
            return Digamma(x) - Math.Log(x);
        }
        double square = 1 / (x * x);
        double sum = 0;
        for (int k = 10; k >= 1; k--)
        {
            sum = (sum * square) + (Bernoulli[k - 1] / (2 * k));
        }
        return (-0.5 / x) - (sum * square);
    }

    /// <summary>ψ(x + ½) - ψ(x), which goes to 0 like 1 / 2x; by the difference of the asymptotic series for large x.</summary>
    public static double DigammaHalfStep(double x) => x < PolygammaFrom ? Digamma(x + 0.5) - Digamma(x) : (0.5 / x) + DigammaHalfStepExcess(x);

    /// <summary>ψ(x + ½) - ψ(x) - 1 / 2x, which goes to 0 like 1 / 8x².</summary>
    public static double DigammaHalfStepExcess(double x)
    {
        if (x < PolygammaFrom)
        {
            return Digamma(x + 0.5) - Digamma(x) - (0.5 / x);
        }
        double square = 1 / (x * x);
        double sum = 0;
        for (int k = 8; k >= 1; k--)
        {
            sum = (sum * square) + (Bernoulli[k - 1] * (2 - Math.Pow(2, 1 - (2 * k))) / (2 * k));
        }
        return sum * square;
    }

    /// <summary>The derivative of <see cref="DigammaHalfStepExcess"/>, which goes to 0 like -1 / 4x³.</summary>
    public static double DigammaHalfStepExcessSlope(double x)
    {
        if (x < PolygammaFrom)
        {
            return Polygamma(1, x + 0.5) - Polygamma(1, x) + (0.5 / (x * x));
        }
        double square = 1 / (x * x);
        double sum = 0;
        for (int k = 8; k >= 1; k--)
        {
            sum = (sum * square) - (Bernoulli[k - 1] * (2 - Math.Pow(2, 1 - (2 * k))));
        }
        return sum * square / x;
    }

    /// <summary>The derivative of order n ≥ 1 of the digamma function.</summary>
    /// <remarks>(-1)ⁿ⁺¹ n! ζ(n + 1, x), the Hurwitz zeta function by Euler and Maclaurin's formula (DLMF 25.11.5).</remarks>
    public static double Polygamma(int n, double x)
    {
        if (x <= 0)
        {
            return n == 1 ? ReflectedTrigamma(x) : double.NaN;
        }
        double sign = n % 2 == 0 ? -1 : 1;
        double factorial = 1;
        for (int i = 2; i <= n; i++)
        {
            factorial *= i;
        }
        int order = n + 1;
        double sum = 0;
        while (x < PolygammaFrom)
        {
            sum += Math.Pow(x, -order);
            x++;
        }
        double power = Math.Pow(x, -n);
        sum += power * ((1.0 / n) + (0.5 / x));
        double rising = order * power / (x * x);
        double divisor = 2;
        for (int k = 1; k <= 10; k++)
        {
            sum += Bernoulli[k - 1] * rising / divisor;
            rising *= (order + (2 * k) - 1.0) * (order + (2.0 * k)) / (x * x);
            divisor *= ((2 * k) + 1.0) * ((2 * k) + 2.0);
        }
        return sign * factorial * sum;
    }

    /// <summary>log B(a, b) = log Γ(a) + log Γ(b) - log Γ(a + b), without cancellation where arguments are large.</summary>
    public static double LogBeta(double a, double b)
    {
        (a, b) = a < b ? (a, b) : (b, a);
        if (b < StirlingFrom)
        {
            return LogGamma(a) + (LogGamma(b) - LogGamma(a + b));
        }
        double total = a + b;
        double correction = StirlingCorrection(b) - StirlingCorrection(total);
        if (a >= StirlingFrom)
        {
            return HalfLogTwoPi + (StirlingCorrection(a) + correction) + ((a - 0.5) * Math.Log(a / total)) - (b * RealFunctions.Log1p(a / b))
                - (0.5 * Math.Log(b));
        }
        return LogGamma(a) + correction + a - (a * Math.Log(total)) - ((b - 0.5) * RealFunctions.Log1p(a / b));
    }

    private static double ReflectedTrigamma(double x)
    {
        double sine = RealFunctions.SinPi(x);
        return sine == 0 ? double.NaN : (Math.PI * Math.PI / (sine * sine)) - Polygamma(1, 1 - x);
    }

    /// <summary>log Γ(2 + z) for |z| ≤ ½.</summary>
    private static double AboutTwo(double z)
    {
        double sum = 0;
        for (int i = ZetaMinusOne.Length - 1; i >= 0; i--)
        {
            sum = (sum * -z) + (ZetaMinusOne[i] / (i + 2));
        }
        return z * ((1 - Euler) + (sum * z));
    }
}
