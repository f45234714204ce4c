using Pyrite.Kernels.Special;

namespace Pyrite.Transforms;

/// <summary>Densities of images in terms of the unconstrained number u, log p(T(u)) + log |dT/du|, written by hand so that nothing rounds onto an end
/// or overflows.</summary>
/// <remarks>Closed forms: the density of the family at T(u), with every logarithm and distance of T(u) expressed by u.</remarks>
internal static class FarForms
{
    /// <summary>A family, its parameters, and the closed form.</summary>
    public static readonly Dictionary<string, (double[] Parameters, Func<Tensor[], Distribution> Make, Func<double, double> Score)> All = new()
    {
        ["Beta"] = ([2.3, 3.1], p => new Beta(p[0], p[1]), u => -(2.3 * Soft(-u)) - (3.1 * Soft(u)) - LogBeta(2.3, 3.1)),
        ["Beta of tiny concentrations"] =
            ([0.001, 0.002], p => new Beta(p[0], p[1]), u => -(0.001 * Soft(-u)) - (0.002 * Soft(u)) - LogBeta(0.001, 0.002)),
        ["BetaProportion"] = ([0.25, 8], p => new BetaProportion(p[0], p[1]), u => -(2 * Soft(-u)) - (6 * Soft(u)) - LogBeta(2, 6)),
        ["Kumaraswamy"] =
            ([1.7, 2.6], p => new Kumaraswamy(p[0], p[1]), u => Math.Log(1.7 * 2.6) - (1.7 * Soft(-u)) - Soft(u) + (1.6 * LogOneMinusExp(1.7, u))),
        ["RelaxedBernoulli"] =
            ([0.7, 0.4], p => new RelaxedBernoulli(p[0], logits: p[1]), u => Math.Log(0.7) - Soft(0.4 - (0.7 * u)) - Soft((0.7 * u) - 0.4)),
        ["Uniform"] = ([-1.5, 2], p => new Uniform(p[0], p[1]), u => -Soft(u) - Soft(-u)),
        ["Triangular"] =
            ([-1.5, 2, 0.5], p => new Triangular(p[0], p[1], p[2]),
                u => Math.Log(2 * 3.5)
                    + (u < Math.Log(2 / 1.5) ? -Math.Log(2) - (2 * Soft(-u)) - Soft(u) : -Math.Log(1.5) - Soft(-u) - (2 * Soft(u)))),
        ["LogNormal"] = ([0.4, 1.3], p => new LogNormal(p[0], p[1]), u => (-0.5 * Square((u - 0.4) / 1.3)) - Math.Log(1.3 * Math.Sqrt(2 * Math.PI))),
        ["LogLogistic"] =
            ([1.4, 2.1], p => new LogLogistic(p[0], p[1]), u => Math.Log(2.1) - Soft(2.1 * (u - Math.Log(1.4))) - Soft(-2.1 * (u - Math.Log(1.4)))),
        ["Gamma of a tiny shape"] =
            ([0.001, 0.5], p => new Gamma(p[0], p[1]), u => (0.001 * (u + Math.Log(0.5))) - (0.5 * Math.Exp(u)) - GammaMath.LogGamma(0.001)),
        ["Gamma"] =
            ([2.5, 0.5], p => new Gamma(p[0], p[1]), u => (2.5 * (u + Math.Log(0.5))) - (0.5 * Math.Exp(u)) - GammaMath.LogGamma(2.5)),
        ["InverseGamma"] =
            ([2.5, 0.5], p => new InverseGamma(p[0], p[1]),
                u => (2.5 * (Math.Log(0.5) - u)) - (0.5 * Math.Exp(-u)) - GammaMath.LogGamma(2.5)),
        ["Exponential"] = ([0.8], p => new Exponential(p[0]), u => Math.Log(0.8) + u - (0.8 * Math.Exp(u))),
        ["Weibull"] =
            ([1.4, 0.6], p => new Weibull(p[0], p[1]), u => Math.Log(0.6) + (0.6 * (u - Math.Log(1.4))) - Math.Exp(0.6 * (u - Math.Log(1.4)))),
        ["FisherSnedecor"] =
            ([3, 5], p => new FisherSnedecor(p[0], p[1]), u => (1.5 * (u + Math.Log(0.6))) - (4 * Soft(u + Math.Log(0.6))) - LogBeta(1.5, 2.5)),
        ["HalfCauchy"] = ([1.6], p => new HalfCauchy(p[0]), u => Math.Log(2 / (Math.PI * 1.6)) + u - Soft(2 * (u - Math.Log(1.6)))),
        ["HalfStudentT"] =
            ([3, 1.6], p => new HalfStudentT(p[0], p[1]),
                u => Math.Log(2 / 1.6) - (0.5 * Math.Log(3)) - LogBeta(1.5, 0.5) + u - (2 * Soft((2 * (u - Math.Log(1.6))) - Math.Log(3)))),
        ["Lomax"] = ([1.6, 2.4], p => new Lomax(p[0], p[1]), u => Math.Log(2.4 / 1.6) + u - (3.4 * Soft(u - Math.Log(1.6)))),
        ["Levy"] = ([0.5, 1.2], p => new Levy(p[0], p[1]), u => (0.5 * Math.Log(1.2 / (2 * Math.PI))) - (0.6 * Math.Exp(-u)) - (0.5 * u)),
        ["Pareto"] =
            ([0.5, 2.2], p => new Pareto(p[0], p[1]),
                u => Math.Log(2.2) + (2.2 * Math.Log(0.5)) - (3.2 * (Math.Log(0.5) + Soft(u - Math.Log(0.5)))) + u),
        ["InverseGaussian"] =
            ([1.5, 0.8], p => new InverseGaussian(p[0], p[1]),
                u => (0.5 * Math.Log(0.8 / (2 * Math.PI))) - (0.5 * u) - (0.4 / 1.5 * ((Math.Exp(u) / 1.5) - 2 + (1.5 * Math.Exp(-u))))),
    };

    /// <summary>log p of a Dirichlet vector that broke from a stick by the numbers u, with the volume change; Stan reference manual, unit
    /// simplex.</summary>
    public static double Dirichlet(double[] concentration, double[] u)
    {
        double score = GammaMath.LogGamma(concentration.Sum()) - concentration.Sum(GammaMath.LogGamma);
        double rest = 0;
        for (int k = 0; k < u.Length; k++)
        {
            double z = u[k] - Math.Log(u.Length - k);
            score += ((concentration[k] - 1) * (rest - Soft(-z))) + rest - Soft(z) - Soft(-z);
            rest -= Soft(z);
        }
        return score + ((concentration[^1] - 1) * rest);
    }

    /// <summary>The slope of a smooth function, by central differences of two widths (Richardson).</summary>
    public static double Slope(Func<double, double> function, double at)
    {
        double h = 1e-3;
        double wide = (function(at + h) - function(at - h)) / (2 * h);
        double narrow = (function(at + (h / 2)) - function(at - (h / 2))) / h;
        return ((4 * narrow) - wide) / 3;
    }

    private static double Soft(double x) => Math.Max(x, 0) + RealFunctions.Log1p(Math.Exp(-Math.Abs(x)));

    private static double Square(double x) => x * x;

    private static double LogBeta(double a, double b) => GammaMath.LogBeta(a, b);

    /// <summary>log(1 - sigmoid(u)^a): a e^-u far above.</summary>
    private static double LogOneMinusExp(double a, double u) => u > 36 ? Math.Log(a) - u : Math.Log(-RealFunctions.Expm1(-a * Soft(-u)));
}
