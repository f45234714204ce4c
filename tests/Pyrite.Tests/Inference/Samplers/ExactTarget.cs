using Pyrite.Testing;

using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>A model whose posterior is known in closed form.</summary>
/// <param name="Model">The model.</param>
/// <param name="Margins">Numbers made of a draw, with their distribution functions.</param>
/// <param name="Sampler">How to draw; NUTS as it comes if null.</param>
/// <param name="Thinning">Transitions between draws that are nearly independent.</param>
internal sealed record ExactTarget(Action Model, IReadOnlyList<(string Name, Func<Draws, double[]> Values, Func<double, double> Cdf)> Margins,
    Sampler? Sampler = null, int Thinning = 5)
{
    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, Func<ExactTarget>> All { get; } = new Dictionary<string, Func<ExactTarget>>
    {
        ["Gaussian chain"] =
            () => new(McmcModels.Chain, [Normal("x1", 0.25, Math.Sqrt(0.75)), Normal("x2", 0.5, 1), Normal("x3", 0.75, Math.Sqrt(0.75))]),
        ["conjugate"] = Conjugate,
        ["ill-conditioned Gaussian, dense metric"] = () => IllConditioned(new Nuts(structure: MetricStructure.Dense)),
        ["ill-conditioned Gaussian, block metric"] = () => IllConditioned(new Nuts(structure: MetricStructure.Blocks(["x"]))),
        ["funnel, non-centred"] = Funnel,
        ["bounded"] = Bounded,
        ["simplex"] = () => Simplex([0.8, 1, 2, 3.5, 5]),
        ["correlations in 2 dimensions"] = () => Correlations(2),
        ["correlations in 3 dimensions"] = () => Correlations(3),
        ["correlations in 4 dimensions"] = () => Correlations(4),
    };

    private static (string, Func<Draws, double[]>, Func<double, double>) Of(string name, Func<double, double> cdf) =>
        (name, draws => draws.Scalar(name), cdf);

    private static (string, Func<Draws, double[]>, Func<double, double>) Normal(string name, double mean, double sd) =>
        Of(name, x => ReferenceCdf.Normal((x - mean) / sd));

    private static (string, Func<Draws, double[]>, Func<double, double>) Beta(string name, double a, double b) =>
        Of(name, x => ReferenceCdf.Beta(a, b, x));

    /// <summary>Posteriors from tables: Beta and Binomial, Gamma and Poisson, normal mean, inverse Gamma and normal variance, Dirichlet and
    /// Multinomial.</summary>
    private static ExactTarget Conjugate()
    {
        Tensor counts = Tensor.From([2.0, 5, 3, 4]), values = Tensor.From([0.3, -1.2, 2.1, 0.8, -0.5]),
            residuals = Tensor.From([0.4, -1.1, 0.9, -0.2, 1.6, -0.7]), votes = Tensor.From([4.0, 1, 5]);
        double precision = 0.25 + 5, squares = residuals.Square().Sum().Item();
        return new(() =>
        {
            Sample("heads", new Binomial(10, Sample("p", new Beta(2, 3))), observed: 7);
            Tensor rate = Sample("rate", new Gamma(3, 2)), mu = Sample("mu", new Normal(0, 2)), variance = Sample("variance", new InverseGamma(3, 2));
            Tensor share = Sample("share", new Dirichlet(Tensor.From([1.0, 2, 3])));
            Sample("counts", new Poisson(rate).Expand([4]).ToEvent(1), observed: counts);
            Sample("values", new Normal(mu, 1).Expand([5]).ToEvent(1), observed: values);
            Sample("residuals", new Normal(0, variance.Sqrt()).Expand([6]).ToEvent(1), observed: residuals);
            Sample("votes", new Multinomial(10, share), observed: votes);
        },
        [
            Beta("p", 9, 6), Of("rate", x => 1 - ReferenceCdf.GammaUpper(17, 6 * x)),
                Normal("mu", values.Sum().Item() / precision, 1 / Math.Sqrt(precision)),
            Of("variance", x => ReferenceCdf.GammaUpper(6, (2 + (0.5 * squares)) / x)), Beta("share[0]", 5, 11), Beta("share[1]", 3, 13),
                Beta("share[2]", 8, 8),
        ]);
    }

    /// <summary>Six dimensions, variances from 1e-4 to 1 along axes that a reflection turns; the draws are looked at along those axes.</summary>
    private static ExactTarget IllConditioned(Sampler sampler)
    {
        const int Size = 6;
        Tensor normal = Tensor.LinearSpace(1, 2, Size, DType.Float64);
        normal /= normal.Square().Sum().Sqrt();
        Tensor axes = Tensor.Identity(Size, DType.Float64) - (2 * normal.Unsqueeze(-1) * normal);
        double[] scales = [.. Enumerable.Range(0, Size).Select(i => Math.Pow(10, -2.0 * i / (Size - 1)))];
        Tensor covariance = (axes * Tensor.From(scales).Square()).MatMul(axes.Transpose());
        double[,] directions = new double[Size, Size];
        for (int i = 0; i < Size * Size; i++)
        {
            directions[i / Size, i % Size] = axes[i / Size][i % Size].Item();
        }
        return new(
            () => Sample("x", new MultivariateNormal(Tensor.Zeros(Size), covarianceMatrix: covariance)),
            [.. Enumerable.Range(0, Size)
                .Select(
                    k => ($"axis {k}", (Func<Draws, double[]>)(draws => Along(draws, k)),
                        (Func<double, double>)(x => ReferenceCdf.Normal(x / scales[k]))))],
            sampler);

        double[] Along(Draws draws, int k)
        {
            double[] x = draws["x"].ToArray<double>(), result = new double[x.Length / Size];
            for (int i = 0; i < x.Length; i++)
            {
                result[i / Size] += x[i] * directions[i % Size, k];
            }
            return result;
        }
    }

    private static ExactTarget Funnel() => new(() =>
    {
        Tensor v = Sample("v", new Normal(0, 3));
        using (Plate("rows", 9))
        {
            Deterministic("x", Sample("z", new Normal(0, 1)) * (0.5 * v).Exp());
        }
    },
    [Normal("v", 0, 3), Normal("z[0]", 0, 1),
        ("x[8] / exp(v/2)", draws => [.. draws.Scalar("x[8]").Zip(draws.Scalar("v"), (x, v) => x * Math.Exp(-0.5 * v))],
            x => ReferenceCdf.Normal(x))]);

    private static ExactTarget Bounded()
    {
        static double HalfMass(double z) => ReferenceCdf.Normal(z);
        return new(() =>
        {
            Sample("u", new Uniform(-1, 3));
            Sample("g", new Gamma(2, 3));
            Sample("b", new Beta(0.7, 2));
            Sample("positive", new TruncatedNormal(0.5, 1, low: 0));
            Sample("below", new TruncatedNormal(0.5, 1, high: 1));
            Sample("between", new TruncatedNormal(0.5, 1, low: -1, high: 0.75));
            Sample("cauchy", new HalfCauchy(2));
        },
        [
            Of("u", x => (x + 1) / 4), Of("g", x => 1 - ReferenceCdf.GammaUpper(2, 3 * x)), Beta("b", 0.7, 2),
            Of("positive", x => (HalfMass(x - 0.5) - HalfMass(-0.5)) / HalfMass(0.5)), Of("below", x => HalfMass(x - 0.5) / HalfMass(0.5)),
            Of("between", x => (HalfMass(x - 0.5) - HalfMass(-1.5)) / (HalfMass(0.25) - HalfMass(-1.5))),
                Of("cauchy", x => 2 / Math.PI * Math.Atan(x / 2)),
        ], Thinning: 10);
    }

    /// <summary>Every share of a Dirichlet is Beta, as are sums of shares.</summary>
    private static ExactTarget Simplex(double[] concentration)
    {
        double total = concentration.Sum();
        return new(() => Sample("p", new Dirichlet(Tensor.From(concentration))),
        [
            .. concentration.Select((a, i) => Beta($"p[{i}]", a, total - a)),
            ("p[0] + p[3]", draws => [.. draws.Scalar("p[0]").Zip(draws.Scalar("p[3]"), (x, y) => x + y)],
                x => ReferenceCdf.Beta(concentration[0] + concentration[3], total - concentration[0] - concentration[3], x)),
        ]);
    }

    /// <summary>Under LKJ(1) in d dimensions (r + 1) / 2 ~ Beta(d/2, d/2) for each correlation r (Lewandowski, Kurowicka and Joe, 2009).</summary>
    private static ExactTarget Correlations(int size) => new(() =>
    {
        Tensor factor = Sample("L", new LKJCholesky(size, 1));
        Deterministic("r", factor.MatMul(factor.Transpose()));
    },
    [.. from i in Enumerable.Range(0,
        size) from j in Enumerable.Range(0, i) select Of($"r[{i},{j}]", r => ReferenceCdf.Beta(0.5 * size, 0.5 * size, 0.5 * (r + 1)))]);
}
