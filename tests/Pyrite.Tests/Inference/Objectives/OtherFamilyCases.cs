using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Conjugate pairs that are not Gaussian, in a plate of two, and discrete latents.</summary>
internal static class OtherFamilyCases
{
    public static IEnumerable<ObjectiveCase> All() => [GammaPoisson(), BetaBernoulli(), Discrete()];

    /// <summary>z_i ~ Gamma(2, 1), y_i ~ Poisson(z_i); the guide's shape and rate are loc and scale.</summary>
    private static ObjectiveCase GammaPoisson()
    {
        double[] y = [3, 1];
        return Of("Gamma and Poisson", y, [4.2, 2.6], [1.8, 1.7], (parameters, z) => new Gamma(2.0, 1.0), (_, z) => new Poisson(z),
            (a, b) => new Gamma(a, b),
            QuadratureRule.Gamma,
            (theta, z, i, count) => Math.Log(z) - z + (y[i] * Math.Log(z)) - z - Math.Log(y[i] == 3 ? 6 : 1) - Gamma(z, theta[i], theta[count + i]));

        static double Gamma(double z, double shape, double rate) =>
            (shape * Math.Log(rate)) + ((shape - 1) * Math.Log(z)) - (rate * z) - LogGamma(shape);
    }

    /// <summary>z_i ~ Beta(2, 2), y_i ~ Bernoulli(z_i).</summary>
    private static ObjectiveCase BetaBernoulli()
    {
        double[] y = [1, 0];
        return Of("Beta and Bernoulli", y, [2.5, 2.2], [2.1, 2.8], (_, _) => new Beta(2.0, 2.0), (_, z) => new Bernoulli(z), (a, b) => new Beta(a, b),
            QuadratureRule.Beta,
            (theta, z, i, count) =>
                Math.Log(6) + Math.Log(z) + Math.Log(1 - z) + (y[i] == 1 ? Math.Log(z) : Math.Log(1 - z)) - Beta(z, theta[i], theta[count + i]));

        static double Beta(double z, double a, double b) =>
            ((a - 1) * Math.Log(z)) + ((b - 1) * Math.Log(1 - z)) + LogGamma(a + b) - LogGamma(a) - LogGamma(b);
    }

    /// <summary>k_i ~ Bernoulli(0.3), y_i ~ N(2 k_i + mu, 1); the guide's probability is loc.</summary>
    private static ObjectiveCase Discrete()
    {
        double[] y = [1.5, 0.2];
        ObjectiveCase found =
            Of("discrete", y, [0.6, 0.25], [1, 1], (_, _) => new Bernoulli(0.3), (parameters, k) => new Normal((2 * k) + parameters.Mu, 1),
                (p, _) => new Bernoulli(p),
            (p, _) => QuadratureRule.Bernoulli(p),
            (theta, k, i, count) =>
                Math.Log(k == 1 ? 0.3 : 0.7) + Gaussian.LogDensity(y[i], (2 * k) + theta[2 * count], 1) - Math.Log(k == 1 ? theta[i] : 1 - theta[i]),
                    hasPathwise: false);
        return found;
    }

    private static ObjectiveCase Of(
        string name, double[] y, double[] loc, double[] scale, Func<ObjectiveParameters, Tensor, Distribution> prior,
            Func<ObjectiveParameters, Tensor, Distribution> likelihood,
        Func<Tensor, Tensor, Distribution> guide, Func<double, double, QuadratureRule> rule, Func<double[], double, int, int, double> logWeight,
            bool hasPathwise = true)
    {
        PlateAxis rows = new("rows", y.Length, dimension: -1);
        Tensor data = Tensor.From(y);
        return new ObjectiveCase
        {
            Name = name,
            Loc = loc,
            Scale = scale,
            HasPathwise = hasPathwise,
            Model = (parameters, _) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                using PlateScope present = rows.Enter();
                Tensor z = Sample("z", prior(parameters, data));
                Sample("y", likelihood(parameters, z), observed: parameters.Data(data));
            },
            Guide = (parameters, hide) =>
            {
                using PlateScope copies = Plate("copies", parameters.Copies, dimension: -3);
                using PlateScope present = rows.Enter();
                Sample("z", hide(guide(parameters.Loc, parameters.Scale)));
            },
            Parts =
                _ => [
                    .. Enumerable.Range(0, y.Length)
                    .Select(i => new ExactPart(theta => [rule(theta[i], theta[y.Length + i])], (theta, z) => logWeight(theta, z[0], i, y.Length)))],
        };
    }

    private static double LogGamma(double x) => Tensor.Full(Shape.Scalar, x, DType.Float64).LogGamma().Item();
}
