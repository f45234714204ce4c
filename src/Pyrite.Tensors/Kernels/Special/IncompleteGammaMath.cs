namespace Pyrite.Kernels.Special;

/// <summary>The regularized incomplete gamma functions P and Q = 1 - P, their inverse and their derivative in a, for single numbers.</summary>
/// <remarks>Series DLMF 8.11.4 below x = a + 1, Legendre's continued fraction 8.9.2 above; both take about 8√a steps near x = a, so large shapes have
/// <see cref="LargeGammaMath"/>.</remarks>
internal static class IncompleteGammaMath
{
    private const double Tiny = 1e-300;
    private const double Precise = 1e-17;
    private const int MaxSteps = 20_000;

    /// <summary>P(a, x): the chance that a Gamma(a) variable is at most x.</summary>
    public static double Lower(double a, double x) => Both(a, x).Lower;

    /// <summary>Q(a, x) = 1 - P(a, x), exact in its own tail.</summary>
    public static double Upper(double a, double x) => Both(a, x).Upper;

    /// <summary>P and Q, each relatively exact.</summary>
    public static (double Lower, double Upper) Both(double a, double x)
    {
        if (double.IsNaN(a) || double.IsNaN(x) || a < 0 || x < 0)
        {
            return (double.NaN, double.NaN);
        }
        if (x == 0 || double.IsPositiveInfinity(a))
        {
            return a == 0 ? (1, 0) : (0, 1);
        }
        if (a == 0 || double.IsPositiveInfinity(x))
        {
            return (1, 0);
        }
        if (a < 1 && x < 1.5)
        {
            return SmallShape(a, x);
        }
        if (a >= LargeGammaMath.From)
        {
            double tail = Math.Exp(LargeGammaMath.LogTail(a, x));
            return LargeGammaMath.IsLower(a, x) ? (tail, 1 - tail) : (1 - tail, tail);
        }
        double leading = Math.Exp(LogLeading(a, x));
        if (x < a + 1)
        {
            double lower = leading * Series<Dual>(a, x).Value;
            return (lower, 1 - lower);
        }
        double upper = leading * a * Fraction<Dual>(a, x).Value;
        return (1 - upper, upper);
    }

    /// <summary>∂P/∂a.</summary>
    public static double LowerByShape(double a, double x)
    {
        if (!(x > 0 && a > 0) || double.IsInfinity(x))
        {
            return x >= 0 && a > 0 ? 0 : double.NaN;
        }
        if (a >= LargeGammaMath.From)
        {
            double byShape = LargeGammaMath.TailByShape(a, x);
            return LargeGammaMath.IsLower(a, x) ? byShape : -byShape;
        }
        double leading = Math.Exp(LogLeading(a, x));
        double slope = Math.Log(x) - GammaMath.Digamma(a + 1);
        if (x < a + 1)
        {
            Dual series = Series(new Dual(a, 1), x);
            return leading * ((slope * series.Value) + series.First);
        }
        Dual fraction = new Dual(a, 1) * Fraction(new Dual(a, 1), x);
        return -leading * ((slope * fraction.Value) + fraction.First);
    }

    /// <summary>log P and its derivative in a, also where P underflows.</summary>
    public static (double Log, double ByShape) LogLower(double a, double x)
    {
        if (a >= LargeGammaMath.From && x > 0 && LargeGammaMath.IsLower(a, x))
        {
            return (LargeGammaMath.LogTail(a, x), LargeGammaMath.LogTailByShape(a, x));
        }
        if (!(x > 0 && a > 0) || double.IsInfinity(x) || x >= a + 1 || a >= LargeGammaMath.From)
        {
            (double lower, double upper) = Both(a, x);
            double log = lower < 0.5 ? Math.Log(lower) : RealFunctions.Log1p(-upper);
            return (log, lower > 0 ? LowerByShape(a, x) / lower : 0);
        }
        Dual series = Series(new Dual(a, 1), x);
        return (LogLeading(a, x) + Math.Log(series.Value), Math.Log(x) - GammaMath.Digamma(a + 1) + (series.First / series.Value));
    }

    /// <summary>log Q and its derivative in a, also where Q underflows.</summary>
    public static (double Log, double ByShape) LogUpper(double a, double x)
    {
        if (a >= LargeGammaMath.From && !double.IsInfinity(x) && !LargeGammaMath.IsLower(a, x))
        {
            return (LargeGammaMath.LogTail(a, x), LargeGammaMath.LogTailByShape(a, x));
        }
        if (!(x > 0 && a > 0) || double.IsInfinity(x) || x < a + 1 || x < 1.5 || a >= LargeGammaMath.From)
        {
            (double lower, double upper) = Both(a, x);
            double log = upper < 0.5 ? Math.Log(upper) : RealFunctions.Log1p(-lower);
            return (log, upper > 0 ? -LowerByShape(a, x) / upper : 0);
        }
        Dual fraction = new Dual(a, 1) * Fraction(new Dual(a, 1), x);
        return (LogLeading(a, x) + Math.Log(fraction.Value), Math.Log(x) - GammaMath.Digamma(a + 1) + (fraction.First / fraction.Value));
    }

    /// <summary>∂²P/∂a².</summary>
    public static double LowerByShapeTwice(double a, double x)
    {
        if (!(x > 0 && a > 0) || double.IsInfinity(x))
        {
            return x >= 0 && a > 0 ? 0 : double.NaN;
        }
        if (a >= LargeGammaMath.From)
        {
            double twice = LargeGammaMath.TailByShapeTwice(a, x);
            return LargeGammaMath.IsLower(a, x) ? twice : -twice;
        }
        double leading = Math.Exp(LogLeading(a, x));
        double slope = Math.Log(x) - GammaMath.Digamma(a + 1);
        double bend = (slope * slope) - GammaMath.Polygamma(1, a + 1);
        SecondDual variable = new(a, 1);
        SecondDual rest = x < a + 1 ? Series(variable, x) : variable * Fraction(variable, x);
        double result = leading * ((bend * rest.Value) + (2 * slope * rest.First) + rest.FirstTwice);
        return x < a + 1 ? result : -result;
    }

    /// <summary>The x with P(a, x) = p; q = 1 - p is given so that it may be tiny.</summary>
    /// <remarks>Newton's method on the logarithm of the smaller tail as a function of log x, kept inside a bracket.</remarks>
    public static double Inverse(double a, double p, double q)
    {
        if (!(p > 0 && q > 0 && a > 0))
        {
            return p == 0 ? 0 : p == 1 ? double.PositiveInfinity : double.NaN;
        }
        bool lower = p <= 0.5;
        double target = Math.Log(lower ? p : q);
        double z = p < 0.5 ? ErrorMath.NormalQuantile(p) : -ErrorMath.NormalQuantile(q);
        double cube = 1 - (1 / (9 * a)) + (z / (3 * Math.Sqrt(a)));
        double start = cube > 0.3 ? Math.Log(a) + (3 * Math.Log(cube)) : (Math.Log(p) + GammaMath.LogGamma1p(a)) / a;
        double logX = MonotoneRoot.Find(start, lower, (u) =>
        {
            double x = Math.Exp(u);
            double logTail = LogTail(a, x, lower);
            double slope = Math.Exp(LogLeading(a, x) + Math.Log(a) - logTail);
            return (logTail - target, lower ? slope : -slope);
        });
        return Math.Exp(logX);
    }

    /// <summary>log P or log Q, also where they underflow.</summary>
    private static double LogTail(double a, double x, bool lower)
    {
        if (a >= LargeGammaMath.From)
        {
            double logTail = LargeGammaMath.LogTail(a, x);
            return lower == LargeGammaMath.IsLower(a, x) ? logTail : RealFunctions.Log1mExp(logTail);
        }
        if (lower && x < a + 1)
        {
            return LogLeading(a, x) + Math.Log(Series<Dual>(a, x).Value);
        }
        if (!lower && x > a + 1 && x > 1.5)
        {
            return LogLeading(a, x) + Math.Log(a * Fraction<Dual>(a, x).Value);
        }
        return Math.Log(lower ? Lower(a, x) : Upper(a, x));
    }

    /// <summary>log(xᵃ e⁻ˣ / Γ(a + 1)), without the cancellation of large terms near x = a.</summary>
    public static double LogLeading(double a, double x)
    {
        if (a < 10)
        {
            return (a * Math.Log(x)) - x - GammaMath.LogGamma1p(a);
        }
        double relative = (x - a) / a;
        return (a * RealFunctions.LogRatioMinusExcess(x, a, relative)) - (0.5 * Math.Log(2 * Math.PI * a)) - GammaMath.StirlingCorrection(a);
    }

    /// <summary>a below 1 and x small: 1 - P would cancel, so both come from the alternating series (DLMF 8.7.1).</summary>
    private static (double Lower, double Upper) SmallShape(double a, double x)
    {
        double logPower = (a * Math.Log(x)) - GammaMath.LogGamma1p(a);
        double term = 1;
        double sum = 0;
        for (int n = 1; n < 60; n++)
        {
            term *= -x / n;
            sum += term / (a + n);
        }
        double correction = Math.Exp(logPower) * a * sum;
        return (Math.Exp(logPower) + correction, -RealFunctions.Expm1(logPower) - correction);
    }

    private static T Series<T>(T a, double x) where T : struct, IDifferential<T>
    {
        T term = 1;
        T sum = 1;
        for (int n = 1; n < MaxSteps; n++)
        {
            term *= x / (a + (double)n);
            sum += term;
            if (term.Value < Precise * sum.Value && term.SlopesBelow(Precise, sum))
            {
                break;
            }
        }
        return sum;
    }

    private static T Fraction<T>(T a, double x) where T : struct, IDifferential<T>
    {
        T b = x + 1.0 - a;
        T c = 1 / Tiny;
        T d = 1.0 / b;
        T h = d;
        for (int i = 1; i < MaxSteps; i++)
        {
            T an = -(double)i * ((double)i - a);
            b += 2.0;
            d = 1.0 / ((an * d) + b);
            c = b + (an / c);
            T change = c * d;
            h *= change;
            if (Math.Abs(change.Value - 1) < 1e-16 && change.SlopesBelow(1e-16, h))
            {
                break;
            }
        }
        return h;
    }
}
