using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Runs of MCMC that sum discrete sites out.</summary>
[Trait("Once", "Cultures")]
public sealed class DiscreteMcmcTests
{
    public static TheoryData<string> Names => [.. GoldenCase.All.Where(c => c.Kind == "posterior").Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Means_and_averaged_marginals_are_those_of_the_exact_posterior(string name)
    {
        GoldenCase c = GoldenCase.Of(name);
        McmcResult result = Mcmc.Run(() => Model(c), new Nuts(), chains: 2, warmup: 500, draws: 1_500, seed: 3);

        EnumerationPlan plan = Assert.IsType<EnumerationPlan>(result.SummedOut);
        Assert.NotEmpty(plan.Sites);
        foreach ((string site, GoldenTensor mean) in c.Tensors("mean"))
        {
            double[] deviations = c.Expected.GetProperty("standard_deviation").GetProperty(site).Values().Data;
            for (int i = 0; i < mean.Data.Length; i++)
            {
                // Some 1,000 independent draws at least: five standard errors.
                string scalar = result.Draws.Variables.Any(variable => variable.Name == site) ? site : $"{site}_{i}";
                double[] draws = result[scalar].ToArray<double>();
                Assert.InRange(draws.Average() - mean.Data[i], -5 * deviations[i] / Math.Sqrt(1_000), 5 * deviations[i] / Math.Sqrt(1_000));
            }
        }
        foreach ((string site, GoldenTensor table) in c.Tensors("marginals"))
        {
            double[] found = result.SummedOut!.Sites.Any(summed => summed.Name == site)
                ? result.Discrete[site].Marginals.ToArray<double>()
                : [.. Enumerable.Range(0, table.Shape[0]).SelectMany(i => result.Discrete[$"{site}_{i}"].Marginals.ToArray<double>())];
            Close.Assert(found, table.Data, 0, 0.06, name);
        }
    }

    [Fact]
    public void Deterministic_sites_that_depend_on_a_summed_site_are_left_out_and_named()
    {
        McmcResult result = Mcmc.Run(() =>
        {
            Tensor mu = Sample("mu", new Normal(0, 1));
            Tensor z = Sample("z", new Bernoulli(0.5));
            Deterministic("shifted", mu + z);
            Sample("y", new Normal(mu + z, 1), observed: 0.5);
        }, new Nuts(), chains: 1, warmup: 50, draws: 20, seed: 1);

        Assert.Equal(["mu"], result.Draws.Variables.Select(variable => variable.Name));
        Assert.Contains(result.Notes, note => note.Contains("shifted depend on discrete sites", StringComparison.Ordinal));
        Assert.Equal([1, 20], result.Discrete.Draw(7)["z"].Shape);
    }

    [Fact]
    public void Impossible_transitions_have_no_slope()
    {
        // Alive with chance p, seen with chance q: log(1 - p q) for an animal that is not seen, log(p q) for one that is.
        Potential potential = Potential.Of(() =>
        {
            Tensor p = Sample("p", new Uniform(0, 1)), q = Sample("q", new Uniform(0, 1));
            using (Plate("animals", 2))
            {
                Tensor alive = Sample("alive", new Bernoulli(p));
                Sample("seen", new Bernoulli(q * alive), observed: Tensor.From([0.0, 1.0]));
            }
        });
        double[] gradient = new double[2];
        double[] point = potential.Unconstrain(new Dictionary<string, Tensor>
        {
            ["p"] = Tensor.Full([], 0.8, DType.Float64),
            ["q"] = Tensor.Full([], 0.4, DType.Float64),
        });

        Assert.Equal(Math.Log(1 - 0.32) + Math.Log(0.32), potential.LogDensity(point, withJacobian: false), 1e-12);
        potential.LogDensity(point, gradient);

        // With respect to log-odds: p (1 - p) (1/p - q / (1 - p q)), and the volume change 1 - 2 p.
        Assert.Equal((0.8 * 0.2 * ((1 / 0.8) - (0.4 / 0.68))) + 1 - 1.6, gradient[0], 1e-10);
        Assert.Equal((0.4 * 0.6 * ((1 / 0.4) - (0.8 / 0.68))) + 1 - 0.8, gradient[1], 1e-10);
    }

    [Fact]
    public void A_site_that_nothing_depends_on_sums_to_one()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Discrete uniform = Discrete.Infer(() => Sample("z", new DiscreteUniform(0, 9)));
        Discrete rows = Discrete.Infer(() =>
        {
            using (Plate("rows", 3))
            {
                Sample("z", new DiscreteUniform(0, 4));
            }
        });

        Assert.Equal(0, uniform.LogEvidence, 1e-12);
        Assert.Equal(Math.Log(10), uniform.Entropy, 1e-12);
        Assert.Equal(0, rows.LogEvidence, 1e-12);
        Assert.Equal([3, 5], rows["z"].Marginals.Shape);
    }

    [Fact]
    public void A_vector_of_zeros_and_a_one_is_a_category()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor x = Tensor.From([-0.3, 1.1, 2.4]), loc = Tensor.From([-1.0, 0.5, 2.0]), logits = Tensor.From([0.2, -0.4, 0.1]);
        Discrete numbers = Discrete.Infer(() =>
        {
            using (Plate("rows", 3))
            {
                Sample("x", new Normal(loc.Take(Sample("z", new Categorical(logits: logits))), 1), observed: x);
            }
        });
        Discrete vectors = Discrete.Infer(() =>
        {
            using (Plate("rows", 3))
            {
                Sample("x", new Normal((Sample("z", new OneHotCategorical(logits: logits)) * loc).Sum(-1), 1), observed: x);
            }
        });

        Assert.Equal(numbers.LogEvidence, vectors.LogEvidence, 1e-12);
        Close.Assert(vectors["z"].Marginals.ToArray<double>(), numbers["z"].Marginals.ToArray<double>(), 0, 1e-12, "marginals");
        Assert.Equal(numbers.MostProbable["z"].OneHot(3).To(DType.Float64).ToArray<double>(),
            vectors.MostProbable["z"].To(DType.Float64).ToArray<double>());
    }

    private static void Model(GoldenCase c)
    {
        switch (c.Name)
        {
            case "posterior/shift":
                Shift(c);
                break;
            case "posterior/change_point":
                ChangePoint(c);
                break;
            case "posterior/spike_slab":
                SpikeSlab(c);
                break;
            default:
                throw new InvalidOperationException($"No model is written for {c.Name}.");
        }
    }

    private static void Shift(GoldenCase c)
    {
        Tensor mu = Sample("mu", new Normal(0, 3));
        using (Plate("rows", c.D("x").Count))
        {
            Tensor z = Sample("z", new Bernoulli(0.3));
            Sample("x", new Normal(mu + (2.5 * z), 1), observed: c.D("x"));
        }
    }

    private static void ChangePoint(GoldenCase c)
    {
        Tensor y = c.D("y"), early = Sample("early", new Gamma(2, 1)), late = Sample("late", new Gamma(2, 1));
        Tensor tau = Sample("tau", new DiscreteUniform(0, y.Count - 1));
        using (Plate("steps", y.Count))
        {
            Sample("y", new Poisson(Tensor.Where(Tensor.Range(y.Count) < tau, early, late)), observed: y);
        }
    }

    private static void SpikeSlab(GoldenCase c)
    {
        Tensor x = c.D("x"), mean = 0.0;
        for (int j = 0; j < x.Shape[1]; j++)
        {
            mean += Sample($"s_{j}", new Bernoulli(0.4)) * Sample($"beta_{j}", new Normal(0, 1)) * x[.., j];
        }
        using (Plate("rows", x.Shape[0]))
        {
            Sample("y", new Normal(mean, 1), observed: c.D("y"));
        }
    }
}
