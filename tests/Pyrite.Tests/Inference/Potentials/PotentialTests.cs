using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class PotentialTests
{
    [Fact]
    public void Eight_schools_has_the_density_written_by_hand()
    {
        Potential potential = Potential.Of(McmcModels.EightSchools);
        Assert.True(potential.IsReplayed);
        Assert.Empty(potential.Uncompiled);
        Assert.Equal(10, potential.Dimension);
        Assert.Equal(["mu", "tau", "z"], potential.Sites.Select(site => site.Name));
        Assert.Equal(["schools"], potential.Sites[2].Dimensions);
        double[] point = [1.5, 0.4, 0.1, -0.2, 0.3, 1.1, -1.2, 0.7, 0, 0.5], gradient = new double[10];
        Assert.Equal(ByHand(point), potential.LogDensity(point, gradient), 10);
        Assert.Equal(ByHand(point) - 0.4, potential.LogDensity(point, withJacobian: false), 10);
        for (int i = 0; i < 10; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 1e-5;
            down[i] -= 1e-5;
            Assert.Equal((ByHand(up) - ByHand(down)) / 2e-5, gradient[i], 6);
        }
        IReadOnlyDictionary<string, Tensor> values = potential.Constrain(point);
        Assert.Equal(Math.Exp(0.4), values["tau"].Item(), 14);
        Assert.Equal(1.5 + (Math.Exp(0.4) * 1.1), values["theta"].ToArray<double>()[3], 14);
        double[] back = potential.Unconstrain(values);
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(point[i], back[i], 13));

        static double ByHand(double[] q)
        {
            static double Normal(double x, double loc, double scale) =>
                (-0.5 * (x - loc) * (x - loc) / (scale * scale)) - Math.Log(scale) - (0.5 * Math.Log(2 * Math.PI));
            double tau = Math.Exp(q[1]), sum = Normal(q[0], 0, 5) + Math.Log(2 / (Math.PI * 5 * (1 + (tau * tau / 25)))) + q[1];
            for (int j = 0; j < 8; j++)
            {
                sum += Normal(q[2 + j], 0, 1)
                    + Normal(McmcModels.SchoolEffects.ToArray<double>()[j], q[0] + (tau * q[2 + j]), McmcModels.SchoolErrors.ToArray<double>()[j]);
            }
            return sum;
        }
    }

    [Fact]
    public void A_hierarchical_regression_compiles_to_loops()
    {
        Tensor groups = Tensor.From([0L, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1]), x = Tensor.LinearSpace(-1, 1, 11, DType.Float64);
        Potential potential = Potential.Of(() =>
        {
            Tensor mu = Sample("mu", new Normal(0, 10)), tau = Sample("tau", new HalfCauchy(2.5)), b = Sample("b", new Normal(0, 10)),
                s = Sample("s", new HalfCauchy(2.5));
            Tensor z;
            using (Plate("groups", 9))
            {
                z = Sample("z", new Normal(0, 1));
            }
            using (Plate("rows", 11))
            {
                Sample("y", new Normal(mu + (tau * z[groups]) + (b * x), s), observed: x);
            }
        });
        Assert.Empty(potential.Uncompiled);
    }

    [Fact]
    public void A_branch_on_a_latent_value_is_run_every_time()
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Sample("y", new Normal(x.Item() > 0 ? 2 * x : -x, 1), observed: 1);
        });
        Assert.False(potential.IsReplayed);
        double[] gradient = new double[1];
        potential.LogDensity([0.3], gradient);
        Assert.Equal(-0.3 - (2 * (0.6 - 1)), gradient[0], 12);
        potential.LogDensity([-0.3], gradient);
        Assert.Equal(0.3 + (0.3 - 1), gradient[0], 12);
    }

    [Fact]
    public void Masked_latent_sites_and_factors_count_where_they_should()
    {
        Tensor data = Tensor.From([1.0, double.NaN, 3]);
        Potential potential = Potential.Of(() =>
        {
            Tensor mu = Sample("mu", new Normal(0, 10));
            using (Plate("rows", 3))
            {
                Sample("y", new Normal(mu, 1), observed: data, observedMask: !data.IsNan());
            }
            Factor("penalty", -mu.Square());
        });
        double[] gradient = new double[2];
        double value = potential.LogDensity([0.5, 0.7], gradient);
        Assert.True(double.IsFinite(value));
        Assert.Equal((-0.5 / 100) + (0.5 + 2.5) + 0.2 - 1, gradient[0], 12);
        Assert.Equal(-0.2, gradient[1], 12);
        Assert.Equal([0.7], potential.Constrain([0.5, 0.7])["y_unobserved"].ToArray<double>());
    }

    [Fact]
    public void Discrete_sites_subsampled_plates_and_models_without_latent_sites_are_refused_by_name()
    {
        ModelException discrete = Assert.Throws<ModelException>(() => Potential.Of(() => Sample("k", new Poisson(3))));
        Assert.Equal("k", discrete.Site);
        Assert.Contains("no finite list of values", discrete.Message);
        Assert.Contains("Discrete.Infer", Assert.Throws<ModelException>(() => Potential.Of(() => Sample("b", new Bernoulli(0.5)))).Message);
        ModelException subsampled = Assert.Throws<ModelException>(() => Potential.Of(() =>
        {
            using (Plate("rows", 10, subsampleSize: 3))
            {
                Sample("x", new Normal(0, 1));
            }
        }));
        Assert.Contains("3 of 10", subsampled.Message);
        Assert.Contains("no latent site",
            Assert.Throws<ModelException>(() => Potential.Of(() => Sample("y", new Normal(0, 1), observed: 1))).Message);
    }

    [Fact]
    public void A_start_without_finite_density_is_explained_by_site()
    {
        ModelException error = Assert.Throws<ModelException>(() => Potential.Of(() =>
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Factor("impossible", x + double.NegativeInfinity);
        }));
        Assert.Contains("100", error.Message);
        Assert.Contains("impossible: -∞", error.Message.Replace("-Infinity", "-∞"));
        Assert.Contains("x: ", error.Message);
    }

    [Fact]
    public void A_check_that_fails_at_a_point_gives_minus_infinity_and_is_reported_by_site()
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Tensor scale = 10 - x;
            Sample("y", new Normal(0, scale), observed: 1);
        });
        double[] gradient = new double[1];
        Assert.True(double.IsFinite(potential.LogDensity([9.0], gradient)));
        Assert.Equal(double.NegativeInfinity, potential.LogDensity([11.0], gradient));
        PotentialFailure failure = Assert.Single(potential.Failures);
        Assert.Contains("scale", failure.Message);
        Assert.Contains("\"x\"", failure.Place);
        Assert.Equal(1, failure.Count);
        Assert.Equal(double.NegativeInfinity, potential.LogDensity([double.NaN], gradient));
    }

    [Fact]
    public void A_check_of_many_numbers_finds_the_bad_one_wherever_it_stands()
    {
        foreach (int size in (int[])[1, 2, 7, 8, 9, 16, 19])
        {
            Potential potential = Potential.Of(() =>
            {
                Tensor scale = Sample("scale", new ImproperUniform(Constraints.RealVector, Shape.Scalar, [size]));
                using (Plate("rows", size))
                {
                    Sample("y", new Normal(0, 3 + scale), observed: 3 * Tensor.Ones(size));
                }
            });
            Assert.True(potential.IsReplayed);
            double[] good = new double[size], gradient = new double[size];
            Assert.True(double.IsFinite(potential.LogDensity(good, gradient)));
            for (int bad = 0; bad < size; bad++)
            {
                foreach (double value in (double[])[-3, -5, double.NaN, double.NegativeInfinity])
                {
                    double[] point = [.. good];
                    point[bad] = value;
                    Assert.Equal(double.NegativeInfinity, potential.LogDensity(point, gradient));
                }
            }
            Assert.Equal(-size * ((0.5 * Math.Log(2 * Math.PI)) + Math.Log(3) + 0.5), potential.LogDensity(good, gradient), 12);
            Assert.All(gradient, slope => Assert.Equal(0, slope, 12));
        }
    }

    [Theory]
    [InlineData("low")]
    [InlineData("high")]
    [InlineData("both")]
    public void Truncated_sites_may_have_one_end_or_two(string ends)
    {
        (Tensor? low, Tensor? high) = (ends == "high" ? null : 0.5, ends == "low" ? null : 2.0);
        Potential potential = Potential.Of(() =>
        {
            Sample("normal", new TruncatedNormal(1, 2, low, high));
            Sample("gumbel", new Truncated(new Gumbel(0, 1), low, high));
        });
        IReadOnlyDictionary<string, Tensor> values = potential.Constrain([-3.0, 2.5]);
        Assert.All(values.Values, value => Assert.True((low is null || value.Item() > 0.5) && (high is null || value.Item() < 2)));
        double[] back = potential.Unconstrain(values);
        Assert.Equal(-3, back[0], 9);
        Assert.Equal(2.5, back[1], 9);
    }

    [Fact]
    public void A_model_that_is_no_function_of_its_sites_is_found_out()
    {
        int calls = 0;
        ModelException error = Assert.Throws<ModelException>(() => Potential.Of(() =>
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Sample("y", new Normal(x, 1), observed: ++calls);
        }));
        Assert.Equal("y", error.Site);
        Assert.Contains("pure function", error.Message);
    }

    [Fact]
    public void Gathers_matrices_and_constraints_replay_as_the_model_runs()
    {
        Tensor groups = Tensor.From([0L, 1, 1, 2, 0, 2, 2]), x = Tensor.From([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
        Tensor inputs = Tensor.From(new double[,] { { 1, 2 }, { 0.5, -1 }, { 3, 1 }, { 0, 1 }, { 1, 1 }, { -2, 0.3 }, { 1, 0 } });
        Potential potential = Potential.Of(() =>
        {
            Tensor weights = Sample("weights", new Normal(Tensor.Zeros(2), 1).ToEvent(1));
            Tensor scale = Sample("scale", new LogNormal(0, 1));
            Tensor share = Sample("share", new Dirichlet(Tensor.From([1.0, 2, 3])));
            Tensor offsets;
            using (Plate("groups", 3))
            {
                offsets = Sample("offsets", new Normal(0, scale));
            }
            using (Plate("rows", 7))
            {
                Sample("y", new Normal(offsets[groups] + inputs.MatMul(weights) + share[1], scale), observed: x);
                Sample("b", new Bernoulli(logits: inputs.MatMul(weights)), observed: Tensor.Where(x > 0.35, Tensor.Ones(7), 0.0));
            }
            Deterministic("first", share[0]);
        });
        Assert.True(potential.IsReplayed);
        double[] point = new double[potential.Dimension], gradient = new double[potential.Dimension], numeric = new double[potential.Dimension];
        RandomKey.FromSeed(7).FillNormal(point);
        potential.LogDensity(point, gradient);
        for (int i = 0; i < point.Length; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 1e-5;
            down[i] -= 1e-5;
            Assert.Equal((potential.LogDensity(up) - potential.LogDensity(down)) / 2e-5, gradient[i], 5);
        }
        Assert.Equal(1, potential.Constrain(point)["share"].ToArray<double>().Sum(), 12);
    }
}
