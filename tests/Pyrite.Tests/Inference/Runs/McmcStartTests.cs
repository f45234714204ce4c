using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Models whose likelihood allows only part of what their priors draw, or only part of the usual starts.</summary>
/// <remarks>Means within five Monte Carlo standard errors: a false alarm in 2 million.</remarks>
public sealed class McmcStartTests
{
    [Fact]
    public void A_support_that_depends_on_a_latent_site_is_sampled_from_a_given_start()
    {
        static void Model()
        {
            Tensor x = Sample("x", new Exponential(0.01));
            Sample("y", new Uniform(0, x), observed: 50.0);
        }

        // exp(-x / 100) / x above 50: 100 exp(-1/2) / E₁(1/2).
        foreach (ulong seed in (ulong[])[0, 1, 2])
        {
            AssertMean(Mcmc.Run(Model, draws: 2000, seed: seed, start: At(("x", 100.0))), "x", 108.353);
        }
    }

    [Fact]
    public void A_Pareto_prior_of_an_upper_bound_is_sampled_from_a_given_start()
    {
        static void Model()
        {
            Tensor theta = Sample("theta", new Pareto(10.0, 1.0));
            using (Plate("rows", 4))
            {
                Sample("y", new Uniform(0, theta), observed: Tensor.From([19.0, 40, 42, 60]));
            }
        }

        // The posterior is Pareto(60, 5): 60 · 5 / 4.
        AssertMean(Mcmc.Run(Model, draws: 2000, seed: 1, start: At(("theta", 80.0))), "theta", 75);
        ModelException refusal = Assert.Throws<ModelException>(() => Mcmc.Run(Model, draws: 10, seed: 1));
        Assert.Contains("none of 100 starting points", refusal.Message);
        Assert.Contains("at site \"y\"", refusal.Message);
        Assert.Contains("InitialValues.Of", refusal.Message);
        Potential potential = Potential.Of(Model, start: At(("theta", 80.0)));
        Assert.True(potential.IsReplayed);
        AssertMean(Mcmc.Run(potential, draws: 2000, seed: 2, start: At(("theta", 61.0))), "theta", 75);
    }

    [Fact]
    public void Rates_with_normal_priors_are_sampled_from_usual_starts_and_given_ones()
    {
        static void Model()
        {
            for (int i = 0; i < 3; i++)
            {
                Tensor rate = Sample($"rate{i}", new Normal(20 + (18 * i), 2));
                Sample($"count{i}", new Poisson(rate), observed: (double)((int[])[25, 30, 60])[i]);
            }
        }

        // Quadrature of the one-dimensional posteriors (SciPy).
        foreach (McmcResult posterior in (McmcResult[])[Mcmc.Run(Model, seed: 3),
            Mcmc.Run(Model, seed: 4, start: At(("rate0", 20.0), ("rate1", 38.0), ("rate2", 56.0))),
            Mcmc.Run(Model, seed: 5, start: InitialValues.Prior)])
        {
            AssertMean(posterior, "rate0", 20.835929);
            AssertMean(posterior, "rate1", 37.231681);
            AssertMean(posterior, "rate2", 56.270162);
        }
    }

    [Fact]
    public void Parameters_that_suit_their_family_at_few_points_are_found_by_a_given_start()
    {
        // 30 rates that must all be positive: no draw of small numbers or of these priors is likely to do.
        static void Model()
        {
            using (Plate("rows", 30))
            {
                Tensor rate = Sample("rate", new Normal(0.5, 2));
                Sample("count", new Poisson(rate), observed: 3 * Tensor.Ones(30));
            }
        }

        // x³ exp(-x - (x - 1/2)² / 8) on the positive numbers, by quadrature.
        double mean = Quadrature(x => (3 * Math.Log(x)) - x - ((x - 0.5) * (x - 0.5) / 8), 1e-9, 30);
        McmcResult posterior =
            Mcmc.Run(Model, seed: 6, start: InitialValues.Near(new Dictionary<string, Tensor> { ["rate"] = 2 * Tensor.Ones([30], DType.Float64) }));
        Assert.Equal(mean, posterior.Draws.Variable("rate").ScalarNames.Average(name => posterior.Draws.Scalar(name).Average()), 0.02);
        ModelException refusal = Assert.Throws<ModelException>(() => Mcmc.Run(Model, seed: 6));
        Assert.Contains("parameter rate must be", refusal.Message);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_of_failing_draw_is_a_failing_start(string kind)
    {
        (Action model, (string, Tensor)[] start, string site, double mean) = Cases[kind];
        AssertMean(Mcmc.Run(model, draws: 2000, seed: 7, start: At(start)), site, mean);
    }

    [Fact]
    public void A_given_start_alone_decides()
    {
        static void Model() => Sample("y", new Poisson(Sample("rate", new Normal(2, 2))), observed: 3.0);
        ModelException refusal = Assert.Throws<ModelException>(() => Mcmc.Run(Model, draws: 10, seed: 8, start: At(("rate", -1.0))));
        Assert.Contains("the start that was given has no finite log-density", refusal.Message);
        Assert.Contains("parameter rate must be", refusal.Message);

        // The second chain's start is as bad.
        Dictionary<string, Tensor> good = new() { ["rate"] = 1.0 }, bad = new() { ["rate"] = -1.0 };
        Assert.Contains("the start that was given",
            Assert.Throws<ModelException>(() => Mcmc.Run(Model, draws: 10, chains: 2, start: InitialValues.Of(good, bad))).Message);
    }

    [Fact]
    public void A_start_of_infinite_gradient_is_refused_by_site()
    {
        ModelException refusal =
            Assert.Throws<ModelException>(
                () => Mcmc.Run(() => Factor("root", Sample("x", new Normal(0, 1)).Abs().Sqrt()), draws: 10, start: At(("x", 0.0))));
        Assert.Contains("at site \"x\": the log-density is finite, but its gradient is", refusal.Message);
    }

    [Fact]
    public void Points_that_cannot_be_computed_are_counted_while_sampling()
    {
        McmcResult posterior = Mcmc.Run(() => Sample("y", new Normal(0, Sample("scale", new Normal(0.3, 0.5))), observed: 0.4), draws: 500, seed: 9);
        PotentialFailure failure = Assert.Single(posterior.Failures, failure => failure.Place == "after site \"scale\"");
        Assert.Contains("parameter scale must be positive", failure.Message);
        Assert.True(posterior.Divergences > 0);
        Assert.All(posterior.Draws.Scalar("scale"), scale => Assert.True(scale > 0));
    }

    [Fact]
    public void A_run_from_a_given_start_is_resumed_without_it()
    {
        static void Model()
        {
            Tensor theta = Sample("theta", new Pareto(10.0, 1.0)), share = Sample("share", new Uniform(0, theta));
            Sample("y", new Uniform(share, theta), observed: 60.0);
        }

        InitialValues start = At(("theta", 80.0), ("share", 20.0));
        McmcResult whole = Mcmc.Run(Model, chains: 2, warmup: 100, draws: 60, seed: 10, start: start),
            half = Mcmc.Run(Model, chains: 2, warmup: 100, draws: 30, seed: 10, start: start);
        Assert.Equal(whole["theta"].ToArray<double>(), Mcmc.Resume(Model, half.State!, draws: 60)["theta"].ToArray<double>());
    }

    public static TheoryData<string> Kinds => [.. Cases.Keys];

    /// <summary>Models of which most usual starts fail, a start, and the mean of a latent site by quadrature.</summary>
    private static Dictionary<string, (Action Model, (string, Tensor)[] Start, string Site, double Mean)> Cases { get; } = new()
    {
        ["a scale from a normal prior"] = (() => Sample("y", new Normal(0, Sample("s", new Normal(3, 1))), observed: 4.0), [("s", 3.0)], "s",
            Quadrature(s => (-0.5 * (s - 3) * (s - 3)) - Math.Log(s) - (8 / (s * s)), 1e-9, 15)),
        ["a probability from a normal prior"] =
            (() => Sample("y", new Binomial(20, Sample("p", new Normal(0.3, 0.2))), observed: 7.0), [("p", 0.5)], "p",
            Quadrature(p => (-12.5 * (p - 0.3) * (p - 0.3)) + (7 * Math.Log(p)) + (13 * Math.Log(1 - p)), 1e-9, 1 - 1e-9)),
        ["a probability that decides a coin"] =
            (() => Sample("y", new Bernoulli(Sample("p", new Normal(0.5, 0.5))), observed: 1.0), [("p", 0.5)], "p",
            Quadrature(p => (-2 * (p - 0.5) * (p - 0.5)) + Math.Log(p), 1e-12, 1 - 1e-12)),
        ["a Gamma rate from a normal prior"] = (() => Sample("y", new Gamma(2, Sample("r", new Normal(1, 1))), observed: 3.0), [("r", 1.0)], "r",
            Quadrature(r => (-0.5 * (r - 1) * (r - 1)) + (2 * Math.Log(r)) - (3 * r), 1e-9, 12)),
        ["category chances from a normal prior"] = (() =>
        {
            Tensor p = Sample("p", new Normal(0.4, 0.1));
            Sample("y", new Categorical(Tensor.Stack([p, 1 - p])), observed: 0L);
        }, [("p", 0.4)], "p", Quadrature(p => (-50 * (p - 0.4) * (p - 0.4)) + Math.Log(p), 1e-9, 1 - 1e-9)),
        ["a bound of a truncation"] =
            (() => Sample("y", new Truncated(new Exponential(1), Sample("low", new Normal(0.5, 1)), 4.0), observed: 2.0), [("low", 1.0)], "low",
            Quadrature(low => (-0.5 * (low - 0.5) * (low - 0.5)) - Math.Log(Math.Exp(-Math.Max(low, 0)) - Math.Exp(-4)), -8, 2)),
        ["a matrix that need not be positive definite"] = (() =>
        {
            Tensor r = Sample("r", new Normal(0, 1)), one = Tensor.Ones(Shape.Scalar, DType.Float64);
            Tensor matrix = Tensor.Stack([Tensor.Stack([one, r]), Tensor.Stack([r, one])]);
            Sample("y", new MultivariateNormal(Tensor.Zeros([2], DType.Float64), covarianceMatrix: matrix), observed: Tensor.From([0.5, 1.0]));
        }, [("r", 0.2)], "r",
            Quadrature(r => (-0.5 * r * r) - (0.5 * Math.Log(1 - (r * r))) - (0.5 * (1.25 - r) / (1 - (r * r))), -1 + 1e-9, 1 - 1e-9)),
        ["a factor that is NaN outside its range"] =
            (() => Factor("f", Sample("x", new Normal(0, 1)).Log()), [("x", 1.0)], "x", Math.Sqrt(Math.PI / 2)),
        ["degrees of freedom from a normal prior"] = (() => Sample("y", new Chi2(Sample("k", new Normal(4, 2))), observed: 3.0), [("k", 4.0)], "k",
            Quadrature(k => (-0.125 * (k - 4) * (k - 4)) - (0.5 * k * Math.Log(2)) - LogGamma(0.5 * k) + (0.5 * k * Math.Log(3)), 1e-9, 25)),
        ["a beta prior of negative counts"] = (() => Sample("y", new Beta(Sample("a", new Normal(1, 1)), 2.0), observed: 0.4), [("a", 1.0)], "a",
            Quadrature(a => (-0.5 * (a - 1) * (a - 1)) + LogGamma(a + 2) - LogGamma(a) + (a * Math.Log(0.4)), 1e-9, 10)),
    };

    private static InitialValues At(params (string Name, Tensor Value)[] values) =>
        InitialValues.Of(values.ToDictionary(pair => pair.Name, pair => pair.Value));

    private static void AssertMean(McmcResult posterior, string name, double expected)
    {
        SummaryRow row = posterior.Summary()[name];
        Assert.True(Math.Abs(row.Mean - expected) < 5 * row.McseMean, $"{name}: {row.Mean} ± {row.McseMean}, expected {expected}");
    }

    private static double LogGamma(double x) => Tensor.From([x]).LogGamma().ToArray<double>()[0];

    /// <summary>The mean under a log-density on an interval, by the midpoint rule.</summary>
    private static double Quadrature(Func<double, double> logDensity, double low, double high)
    {
        const int cells = 200_000;
        double mass = 0, moment = 0;
        for (int i = 0; i < cells; i++)
        {
            double x = low + ((high - low) * (i + 0.5) / cells), weight = Math.Exp(logDensity(x));
            mass += weight;
            moment += weight * x;
        }
        return moment / mass;
    }
}
