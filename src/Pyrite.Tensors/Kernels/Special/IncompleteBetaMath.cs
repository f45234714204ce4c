namespace Pyrite.Kernels.Special;

/// <summary>The regularized incomplete beta function I, its complement, inverse and derivatives, for single numbers.</summary>
/// <remarks>The continued fraction DLMF 8.17.22, on the side of the mean where it converges fast; large shapes have
/// <see cref="LargeBetaMath"/>.</remarks>
internal static class IncompleteBetaMath
{
    private const double Tiny = 1e-300;
    private const int MaxSteps = 200_000;

    /// <summary>I_x(a, b) and 1 - I_x(a, b), each relatively exact; y = 1 - x is given so that it may be tiny.</summary>
    public static (double Lower, double Upper) Both(double a, double b, double x, double y)
    {
        if (double.IsNaN(a + b + x + y) || a < 0 || b < 0 || x < 0 || y < 0)
        {
            return (double.NaN, double.NaN);
        }
        if (x == 0)
        {
            return (0, 1);
        }
        if (y == 0)
        {
            return (1, 0);
        }
        if (LargeBetaMath.Covers(a, b, x, y))
        {
            double tail = Math.Exp(LargeBetaMath.LogTail(a, b, x, y));
            return LargeBetaMath.IsLower(a, b, x, y) ? (tail, 1 - tail) : (1 - tail, tail);
        }
        double leading = Math.Exp(LogLeading(a, b, x, y));
        if (x * (a + b + 2) <= a + 1)
        {
            double lower = leading / a * Fraction<Dual>(a, b, x).Value;
            return b < 1 && lower > 0.9 ? Complement(a, b, x, lower) : (lower, 1 - lower);
        }
        double upper = leading / b * Fraction<Dual>(b, a, y).Value;
        return (1 - upper, upper);
    }

    /// <summary>∂I/∂a and ∂I/∂b.</summary>
    public static (double ByA, double ByB) ByShapes(double a, double b, double x) => ByShapes(a, b, x, 1 - x);

    /// <summary>∂I/∂a and ∂I/∂b; y = 1 - x is given so that it may be tiny.</summary>
    public static (double ByA, double ByB) ByShapes(double a, double b, double x, double y)
    {
        if (!(x > 0 && y > 0))
        {
            return (0, 0);
        }
        if (LargeBetaMath.Covers(a, b, x, y))
        {
            double tail = Math.Exp(LargeBetaMath.LogTail(a, b, x, y)) * (LargeBetaMath.IsLower(a, b, x, y) ? 1 : -1);
            (double byA, double byB) = LargeBetaMath.LogTailByShapes(a, b, x, y);
            return (tail * byA, tail * byB);
        }
        double leading = Math.Exp(LogLeading(a, b, x, y));
        double total = GammaMath.Digamma(a + b);
        double slopeA = (x < 0.5 ? Math.Log(x) : RealFunctions.Log1p(-y)) + total - GammaMath.Digamma(a);
        double slopeB = (y < 0.5 ? Math.Log(y) : RealFunctions.Log1p(-x)) + total - GammaMath.Digamma(b);
        if (x * (a + b + 2) <= a + 1)
        {
            Dual dualA = new(a, 1);
            Dual value = Fraction(dualA, new Dual(b, 0, 1), x) / dualA;
            return (leading * ((slopeA * value.Value) + value.First), leading * ((slopeB * value.Value) + value.Second));
        }
        Dual dualB = new(b, 0, 1);
        Dual other = Fraction(dualB, new Dual(a, 1), y) / dualB;
        return (-leading * ((slopeA * other.Value) + other.First), -leading * ((slopeB * other.Value) + other.Second));
    }

    /// <summary>log I and its derivatives in a and b, also where I underflows; y = 1 - x is given so that it may be tiny.</summary>
    public static (double Log, double ByA, double ByB) LogLower(double a, double b, double x, double y)
    {
        bool isLarge = x > 0 && y > 0 && a > 0 && b > 0 && LargeBetaMath.Covers(a, b, x, y);
        if (isLarge && LargeBetaMath.IsLower(a, b, x, y))
        {
            (double logByA, double logByB) = LargeBetaMath.LogTailByShapes(a, b, x, y);
            return (LargeBetaMath.LogTail(a, b, x, y), logByA, logByB);
        }
        if (!(x > 0 && y > 0 && a > 0 && b > 0) || isLarge || x * (a + b + 2) > a + 1)
        {
            (double lower, double upper) = Both(a, b, x, y);
            (double byA, double byB) = ByShapes(a, b, x, y);
            double log = lower < 0.5 ? Math.Log(lower) : RealFunctions.Log1p(-upper);
            return lower > 0 ? (log, byA / lower, byB / lower) : (log, 0, 0);
        }
        Dual first = new(a, 1);
        Dual rest = Fraction(first, new Dual(b, 0, 1), x) / first;
        double total = GammaMath.Digamma(a + b);
        double slopeA = (x < 0.5 ? Math.Log(x) : RealFunctions.Log1p(-y)) + total - GammaMath.Digamma(a);
        double slopeB = (y < 0.5 ? Math.Log(y) : RealFunctions.Log1p(-x)) + total - GammaMath.Digamma(b);
        return (LogLeading(a, b, x, y) + Math.Log(rest.Value), slopeA + (rest.First / rest.Value), slopeB + (rest.Second / rest.Value));
    }

    /// <summary>∂²I/∂a², ∂²I/∂a∂b and ∂²I/∂b².</summary>
    public static (double ByAA, double ByAB, double ByBB) ByShapesTwice(double a, double b, double x)
    {
        if (!(x > 0 && x < 1))
        {
            return (0, 0, 0);
        }
        if (LargeBetaMath.Covers(a, b, x, 1 - x))
        {
            (double aa, double ab, double bb) = LargeBetaMath.TailByShapesTwice(a, b, x, 1 - x);
            return LargeBetaMath.IsLower(a, b, x, 1 - x) ? (aa, ab, bb) : (-aa, -ab, -bb);
        }
        double leading = Math.Exp(LogLeading(a, b, x, 1 - x));
        double total = GammaMath.Digamma(a + b);
        double bend = GammaMath.Polygamma(1, a + b);
        double slopeA = Math.Log(x) + total - GammaMath.Digamma(a);
        double slopeB = RealFunctions.Log1p(-x) + total - GammaMath.Digamma(b);
        SecondDual first = new(a, 1);
        SecondDual second = new(b, 0, 1);
        bool isLower = x * (a + b + 2) <= a + 1;
        SecondDual rest = isLower ? Fraction(first, second, x) / first : Fraction(second, first, 1 - x) / second;
        double byAA = (((slopeA * slopeA) + bend - GammaMath.Polygamma(1, a)) * rest.Value) + (2 * slopeA * rest.First) + rest.FirstTwice;
        double byAB = (((slopeA * slopeB) + bend) * rest.Value) + (slopeA * rest.Second) + (slopeB * rest.First) + rest.Mixed;
        double byBB = (((slopeB * slopeB) + bend - GammaMath.Polygamma(1, b)) * rest.Value) + (2 * slopeB * rest.Second) + rest.SecondTwice;
        double sign = isLower ? leading : -leading;
        return (sign * byAA, sign * byAB, sign * byBB);
    }

    /// <summary>The x with I_x(a, b) = p, and 1 - x; q = 1 - p is given so that it may be tiny.</summary>
    /// <remarks>Newton's method on the logarithm of the smaller tail as a function of log(x / (1 - x)), kept inside a bracket.</remarks>
    public static (double X, double Y) Inverse(double a, double b, double p, double q)
    {
        if (!(p > 0 && q > 0))
        {
            return p == 0 ? (0, 1) : p == 1 ? (1, 0) : (double.NaN, double.NaN);
        }
        bool lower = p <= 0.5;
        double target = Math.Log(lower ? p : q);
        double start = lower
            ? Math.Min(Math.Log(a / b), (target + Math.Log(a) + GammaMath.LogBeta(a, b)) / a)
            : Math.Max(Math.Log(a / b), -(target + Math.Log(b) + GammaMath.LogBeta(a, b)) / b);
        double odds = MonotoneRoot.Find(start, lower, (u) =>
        {
            double x = 1 / (1 + Math.Exp(-u));
            double y = 1 / (1 + Math.Exp(u));
            double logLeading = LogLeading(a, b, x, y);
            if (double.IsInfinity(logLeading))
            {
                double logAsymptote = lower ? (a * u) - Math.Log(a) - GammaMath.LogBeta(a, b) : (-b * u) - Math.Log(b) - GammaMath.LogBeta(a, b);
                return (logAsymptote - target, lower ? a : -b);
            }
            double logTail = lower ? LogTail(a, b, x, y, logLeading) : LogTail(b, a, y, x, logLeading);
            double slope = Math.Exp(logLeading - logTail);
            return (logTail - target, lower ? slope : -slope);
        });
        return (1 / (1 + Math.Exp(-odds)), 1 / (1 + Math.Exp(odds)));
    }

    /// <summary>log I_x(a, b), also where it underflows.</summary>
    private static double LogTail(double a, double b, double x, double y, double logLeading)
    {
        if (LargeBetaMath.Covers(a, b, x, y))
        {
            double logTail = LargeBetaMath.LogTail(a, b, x, y);
            return LargeBetaMath.IsLower(a, b, x, y) ? logTail : RealFunctions.Log1mExp(logTail);
        }
        return x * (a + b + 2) <= a + 1 ? logLeading + Math.Log(Fraction<Dual>(a, b, x).Value / a) : Math.Log(Both(a, b, x, y).Lower);
    }

    /// <summary>log(xᵃ yᵇ / B(a, b)), without the cancellation of large terms near the mean.</summary>
    public static double LogLeading(double a, double b, double x, double y)
    {
        if (a < 10 || b < 10)
        {
            double logX = x < 0.5 ? Math.Log(x) : RealFunctions.Log1p(-y);
            double logY = y < 0.5 ? Math.Log(y) : RealFunctions.Log1p(-x);
            return (a * logX) + (b * logY) - GammaMath.LogBeta(a, b);
        }
        double total = a + b;
        double excess = (x * b) - (y * a);
        double correction = GammaMath.StirlingCorrection(total) - GammaMath.StirlingCorrection(a) - GammaMath.StirlingCorrection(b);
        return (a * RealFunctions.LogRatioMinusExcess(x, a / total, excess / a)) + (b * RealFunctions.LogRatioMinusExcess(y, b / total, -excess / b))
            + (0.5 * Math.Log(a / total * b / (2 * Math.PI))) + correction;
    }

    /// <summary>Both sides where the lower one is close to 1 for small shapes: the upper one from its own fraction.</summary>
    private static (double Lower, double Upper) Complement(double a, double b, double x, double lower)
    {
        double upper = Math.Exp(LogLeading(b, a, 1 - x, x)) / b * Fraction<Dual>(b, a, 1 - x).Value;
        return double.IsFinite(upper) && Math.Abs(lower + upper - 1) < 1e-9 ? (lower, upper) : (lower, 1 - lower);
    }

    private static T Fraction<T>(T a, T b, double x) where T : struct, IDifferential<T>
    {
        T sum = a + b;
        T one = 1.0;
        T c = one;
        T d = one / Away(one - (sum * x / (a + one)));
        T h = d;
        for (double m = 1; m < MaxSteps; m++)
        {
            T even = m * (b - m) * x / ((a + ((2 * m) - 1)) * (a + (2 * m)));
            d = one / Away(one + (even * d));
            c = Away(one + (even / c));
            h *= d * c;
            T odd = 0.0 - ((a + m) * (sum + m) * x / ((a + (2 * m)) * (a + ((2 * m) + 1))));
            d = one / Away(one + (odd * d));
            c = Away(one + (odd / c));
            T change = d * c;
            h *= change;
            if (Math.Abs(change.Value - 1) < 1e-16 && change.SlopesBelow(1e-16, h))
            {
                break;
            }
        }
        return h;
    }

    private static T Away<T>(T value) where T : struct, IDifferential<T> => Math.Abs(value.Value) < Tiny ? value + Tiny : value;
}
