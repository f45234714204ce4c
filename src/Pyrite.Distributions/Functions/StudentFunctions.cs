using Pyrite.Ops;
using Pyrite.Special;

namespace Pyrite.Functions;

/// <summary>Distribution function and quantiles of a standard Student variable.</summary>
internal static class StudentFunctions
{
    extension(Tensor df)
    {
        /// <summary>P(T ≤ t), exact in the lower tail.</summary>
        public Tensor StudentCdf(Tensor t) => Zip<ScalarZip<CdfFunction>>.Of(df, t);

        /// <summary>The t with P(T ≤ t) = p.</summary>
        public Tensor StudentQuantile(Tensor p) => Zip<ScalarZip<QuantileFunction>>.Of(df, p);
    }

    private static Tensor Density(Tensor df, Tensor t) => ((-0.5 * (df + 1) * t.LogOnePlusSquareOver(df)) - (0.5 * df.Log()) - (0.5 * df).LogBeta(0.5)).Exp();

    /// <summary>The derivative of the distribution function in df.</summary>
    private static Tensor ByDf(Tensor df, Tensor t)
    {
        Tensor share = df / (df + t.Square());
        Tensor tailByDf = (0.25 * Tensor.BetaLowerByFirst(0.5 * df, 0.5, share)) + (0.5 * Density(df, t) * t.Abs() / df);
        return -t.Sign() * tailByDf;
    }

    private readonly struct CdfFunction : IScalarFunction2
    {
        public static string Name => "student cdf";

        public static double Of(double a, double b)
        {
            if (double.IsInfinity(b) || double.IsNaN(b))
            {
                return b > 0 ? 1 : b < 0 ? 0 : double.NaN;
            }
            double share = 1 / (1 + (b / a * b));
            double rest = 1 / (1 + (a / b / b));
            double tail = 0.5 * IncompleteBetaMath.Both(0.5 * a, 0.5, share, rest).Lower;
            double centre = 0.5 * IncompleteBetaMath.Both(0.5 * a, 0.5, share, rest).Upper;
            return b < 0 ? tail : 0.5 + centre;
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => dy * (input == 0 ? ByDf(a, b) : Density(a, b));
    }

    private readonly struct QuantileFunction : IScalarFunction2
    {
        public static string Name => "student quantile";

        public static double Of(double a, double b)
        {
            if (b == 0.5)
            {
                return 0;
            }
            double tail = 2 * (b < 0.5 ? b : 1 - b);
            double odds = BetaOddsFunctions.Quantile(0.5, 0.5 * a, 1 - tail, tail);
            double size = Math.Sqrt(a * odds);
            return b < 0.5 ? -size : size;
        }

        public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input) => (input == 0 ? -dy * ByDf(a, y) : dy) / Density(a, y);
    }
}
