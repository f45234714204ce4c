using Pyrite.Kernels.Special;

namespace Pyrite.Functions.Special;

/// <summary>The divergence between two coins, from their chances or from their log-odds: exact for near-equal coins, with limits at chances of 0 and
/// 1.</summary>
internal static class BernoulliDivergence
{
    private const double Near = 1;

    extension(Tensor x)
    {
        /// <summary>p log(p / q) + (1 - p) log((1 - p) / (1 - q)) for chances p and q.</summary>
        public Tensor ChanceGap(Tensor y) => ScalarFunctions.Of<ChanceFunction>(x, y);

        /// <summary>q - p + p log(p / q), the share of one outcome in a divergence: at least 0 for any p and q.</summary>
        public Tensor OutcomeGap(Tensor y) => ScalarFunctions.Of<OutcomeFunction>(x, y);

        /// <summary>The same for log-odds.</summary>
        public Tensor LogOddsGap(Tensor y) => ScalarFunctions.Of<LogOddsFunction>(x, y);
    }

    /// <summary>One outcome's share, by x - log(1 + x) at the relative difference.</summary>
    private static double Side(double own, double other, double excess) => own == 0 ? other : -own * SpecialFunctions.Log1pMinus(excess / own);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Softplus(double x) => x > 0 ? x + SpecialFunctions.Log1p(Math.Exp(-x)) : SpecialFunctions.Log1p(Math.Exp(x));

    private readonly struct ChanceFunction : IScalarFunction2
    {
        public static string Name => "chance gap";

        /// <summary>With x - log(1 + x) at the relative differences of both sides, whose linear terms cancel.</summary>
        public static double Of(double a, double b) => a == b ? 0 : Side(a, b, b - a) + Side(1 - a, 1 - b, a - b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? ScalarFunctions.Of<ByFirstFunction>(a, b) : ScalarFunctions.Of<BySecondFunction>(a, b));

    }

    private readonly struct OutcomeFunction : IScalarFunction2
    {
        public static string Name => "outcome gap";

        public static double Of(double a, double b) => a == b ? 0 : Side(a, b, b - a);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            dy * (input == 0 ? ScalarFunctions.Of<OutcomeByFirstFunction>(a, b) : Tensor.Where(a.EqualTo(0), 1, (b - a) / b));
    }

    /// <summary>log(p / q), 0 where they are the same. At p = 0 it is -∞; the logarithm of the least positive number stands for it, which times the
    /// slope 0 of an underflowed softmax is no NaN.</summary>
    private readonly struct OutcomeByFirstFunction : IScalarFunction2
    {
        public static string Name => "outcome gap by p";

        public static double Of(double a, double b) => a == b ? 0 : a == 0 ? Math.Log(double.Epsilon) : SpecialFunctions.Log1p((a - b) / b);

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy / a : -dy / b;
    }

    /// <summary>log(p / q) - log((1 - p) / (1 - q)); infinite at a chance p of 0 or 1 unless q is the same.</summary>
    private readonly struct ByFirstFunction : IScalarFunction2
    {
        public static string Name => "chance gap by p";

        public static double Of(double a, double b) => a == b ? 0 : SpecialFunctions.Log1p((a - b) / b) - SpecialFunctions.Log1p((b - a) / (1 - b));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => input == 0 ? dy / (a * (1 - a)) : -dy / (b * (1 - b));
    }

    /// <summary>(q - p) / (q (1 - q)).</summary>
    private readonly struct BySecondFunction : IScalarFunction2
    {
        public static string Name => "chance gap by q";

        public static double Of(double a, double b) => a == 0 ? 1 / (1 - b) : a == 1 ? -1 / b : a == b ? 0 : (b - a) / (b * (1 - b));

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) =>
            input == 0 ? -dy / (b * (1 - b)) : dy * ((a / b.Square()) + ((1 - a) / (1 - b).Square()));
    }

    private readonly struct LogOddsFunction : IScalarFunction2
    {
        public static string Name => "log-odds gap";

        public static double Of(double a, double b)
        {
            double way = b - a;
            return a == b ? 0
                : double.IsInfinity(a) || double.IsInfinity(b) ? (double.IsInfinity(b) ? double.PositiveInfinity : Softplus(a < 0 ? b : -b))
                : Math.Abs(way) < Near ? way * way * GaussLegendre.Integrate(0, 1, 1, s => (1 - s) * Sigmoid(a + (s * way)) * Sigmoid(-a - (s * way)))
                : a > 0 ? Softplus(-b) - Softplus(-a) + (Sigmoid(-a) * way) : Softplus(b) - Softplus(a) - (Sigmoid(a) * way);
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input)
        {
            if (input == 0)
            {
                Tensor isCertain = a.Abs().EqualTo(double.PositiveInfinity);
                Tensor safe = Tensor.Where(isCertain, 0, a);
                return Tensor.Where(isCertain, 0, dy * (safe - b) * safe.Sigmoid() * (-safe).Sigmoid());
            }
            return dy * Tensor.Where(a > 0, (-a).Sigmoid() - (-b).Sigmoid(), b.Sigmoid() - a.Sigmoid());
        }
    }
}
