namespace Pyrite.Functions.Sampling;

/// <summary>Draws of Poisson and Binomial counts: inversion where few are expected, transformed rejection elsewhere.</summary>
/// <remarks>Hörmann, "The transformed rejection method for generating Poisson random variables" and "The generation of binomial random variates",
/// both 1993.</remarks>
internal static class CountDraws
{
    private const double InversionBelow = 10;

    /// <summary>Poisson counts.</summary>
    public static Tensor Poisson(RandomKey key, Tensor rate, Shape shape, DType type) =>
        key.Poisson(rate, shape, type);

    /// <summary>Binomial counts.</summary>
    public static Tensor Binomial(RandomKey key, Tensor trials, Tensor probs, Shape shape, DType type) =>
        key.Draw<BinomialRule>(trials, probs, shape, type);

    private readonly struct BinomialRule : IDrawRule
    {
        public static string Name => "binomial draw";

        public static double Draw(ref UniformStream uniforms, double first, double second)
        {
            if (!(first >= 0 && double.IsFinite(first) && second is >= 0 and <= 1))
            {
                return double.NaN;
            }
            return second > 0.5 ? first - DrawRare(ref uniforms, first, 1 - second) : DrawRare(ref uniforms, first, second);
        }

        private static double DrawRare(ref UniformStream uniforms, double trials, double p)
        {
            if (trials * p < InversionBelow)
            {
                return ByInversion(uniforms.Next(), trials, p);
            }
            double spread = Math.Sqrt(trials * p * (1 - p));
            double b = 1.15 + (2.53 * spread);
            double a = -0.0873 + (0.0248 * b) + (0.01 * p);
            double centre = (trials * p) + 0.5;
            double quick = 0.92 - (4.2 / b);
            double alpha = (2.83 + (5.1 / b)) * spread;
            double logOdds = Math.Log(p / (1 - p));
            double mode = Math.Floor((trials + 1) * p);
            double atMode = SpecialFunctions.LogGamma(mode + 1) + SpecialFunctions.LogGamma(trials - mode + 1);
            while (true)
            {
                double u = uniforms.Next() - 0.5;
                double v = uniforms.Next();
                double distance = 0.5 - Math.Abs(u);
                double count = Math.Floor((((2 * a / distance) + b) * u) + centre);
                if (distance >= 0.07 && v <= quick)
                {
                    return count;
                }
                if (count < 0 || count > trials)
                {
                    continue;
                }
                double bound = atMode
                    - SpecialFunctions.LogGamma(count + 1) - SpecialFunctions.LogGamma(trials - count + 1) + ((count - mode) * logOdds);
                if (Math.Log(v * alpha / ((a / (distance * distance)) + b)) <= bound)
                {
                    return count;
                }
            }
        }

        private static double ByInversion(double u, double trials, double p)
        {
            double term = Math.Exp(trials * SpecialFunctions.Log1p(-p));
            double odds = p / (1 - p);
            double count = 0;
            while (u > term && count < trials && count < 200)
            {
                u -= term;
                term *= odds * (trials - count) / (count + 1);
                count++;
            }
            return count;
        }
    }
}
