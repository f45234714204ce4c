namespace Pyrite.Kernels.Special;

/// <summary>The incomplete beta function of large shapes: quadrature outwards from x, over the log-odds.</summary>
/// <remarks>
/// At log-odds s above those of x the integrand xᵃ yᵇ has fallen by (bx - ay) s + (a + b) K(s), where K(s) = log(y + x eˢ) - x s is of second order
/// and loses no digits. The derivatives in a are factors log x - ψ(a) + ψ(a + b) in the integrand, those in b likewise.
/// </remarks>
internal static class LargeBetaMath
{
    private const double LargeFrom = 1e4;

    /// <summary>The slowest fall away from the mode is e^(-s · shape), which quadrature of a few panels follows from this shape on.</summary>
    private const double TailShapeFrom = 0.5;

    /// <summary>Whether quadrature is the way: a shape is large, and the tail away from the mode falls fast enough.</summary>
    public static bool Covers(double a, double b, double x, double y) =>
        Math.Max(a, b) >= LargeFrom && double.IsFinite(a + b) && (IsLower(a, b, x, y) ? a : b) >= TailShapeFrom;

    /// <summary>Whether the tail away from the mode is the lower one.</summary>
    public static bool IsLower(double a, double b, double x, double y) => b * x < a * y;

    /// <summary>log of the tail away from the mode: I for x below a / (a + b), else 1 - I.</summary>
    public static double LogTail(double a, double b, double x, double y) =>
        IncompleteBetaMath.LogLeading(a, b, x, y) + Math.Log(Integral(a, b, x, y, null));

    /// <summary>The derivatives of the logarithm of that tail in a and in b.</summary>
    public static (double ByA, double ByB) LogTailByShapes(double a, double b, double x, double y)
    {
        double mass = Integral(a, b, x, y, null);
        (double startA, double startB) = Excess(a, b, x, y);
        return (
            startA + (Integral(a, b, x, y, LogShareGain(x, y, IsLower(a, b, x, y))) / mass),
            startB + (Integral(a, b, x, y, LogRestGain(x, y, IsLower(a, b, x, y))) / mass));
    }

    /// <summary>The second derivatives of that tail: in a, in both, in b.</summary>
    public static (double ByAA, double ByAB, double ByBB) TailByShapesTwice(double a, double b, double x, double y)
    {
        double leading = Math.Exp(IncompleteBetaMath.LogLeading(a, b, x, y));
        (double startA, double startB) = Excess(a, b, x, y);
        bool isLower = IsLower(a, b, x, y);
        Func<double, double> gainA = LogShareGain(x, y, isLower);
        Func<double, double> gainB = LogRestGain(x, y, isLower);
        double shared = GammaMath.Polygamma(1, a + b);
        double bendA = shared - GammaMath.Polygamma(1, a);
        double bendB = shared - GammaMath.Polygamma(1, b);
        double Of(Func<double, double, double> weight) => leading * Integral(a, b, x, y, s => weight(startA + gainA(s), startB + gainB(s)));
        return (Of((u, _) => (u * u) + bendA), Of((u, v) => (u * v) + shared), Of((_, v) => (v * v) + bendB));
    }

    /// <summary>log x - ψ(a) + ψ(a + b) and log y - ψ(b) + ψ(a + b), in which large terms are taken out before they are rounded.</summary>
    public static (double ByA, double ByB) Excess(double a, double b, double x, double y)
    {
        double total = a + b;
        double shift = GammaMath.DigammaMinusLog(total);
        double excess = (x * b) - (y * a);
        return (RelativeLog(x, a, total, excess) + shift - GammaMath.DigammaMinusLog(a),
            RelativeLog(y, b, total, -excess) + shift - GammaMath.DigammaMinusLog(b));
    }

    /// <summary>log(x (a + b) / a), where (x (a + b) - a) is known exactly.</summary>
    private static double RelativeLog(double x, double a, double total, double excess) =>
        Math.Abs(excess) < 0.5 * a ? RealFunctions.Log1p(excess / a) : Math.Log(x) + Math.Log(total / a);

    private static double Integral(double a, double b, double x, double y, Func<double, double>? weight)
    {
        double sign = IsLower(a, b, x, y) ? -1 : 1;
        double slope = Math.Abs((b * x) - (a * y));
        double total = a + b;
        double spread = Math.Sqrt(total * x * y);
        return TailIntegral.Of(1 / (spread + slope + 1e-300), s => (slope * s) + (total * Bend(x, y, sign * s)), weight);
    }

    /// <summary>log(y + x eˢ) - x s.</summary>
    private static double Bend(double x, double y, double s)
    {
        if (x > 0.5)
        {
            (x, y, s) = (y, x, -s);
        }
        double growth = x * RealFunctions.Expm1(s);
        return double.IsInfinity(growth) ? (y * s) + Math.Log(x) : RealFunctions.Log1pMinus(growth) + (x * RealFunctions.Expm1Minus(s));
    }

    /// <summary>By how much log x has grown at a distance s: log(x′ / x) = s - log(y + x eˢ).</summary>
    private static Func<double, double> LogShareGain(double x, double y, bool isLower) =>
        isLower ? s => -s - LogSum(x, y, -s) : s => s - LogSum(x, y, s);

    /// <summary>By how much log y has grown: -log(y + x eˢ).</summary>
    private static Func<double, double> LogRestGain(double x, double y, bool isLower) => isLower ? s => -LogSum(x, y, -s) : s => -LogSum(x, y, s);

    private static double LogSum(double x, double y, double s) =>
        s > 0 ? s + RealFunctions.Log1p(y * RealFunctions.Expm1(-s)) : RealFunctions.Log1p(x * RealFunctions.Expm1(s));
}
