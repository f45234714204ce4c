using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class InitialValuesTests
{
    [Fact]
    public void Given_values_are_where_chains_begin()
    {
        Potential potential = Potential.Of(McmcModels.Bounded);
        Dictionary<string, Tensor> first = Values(0.5, 2, [0.2, 0.3, 0.5]), second = Values(-0.5, 1, [0.6, 0.3, 0.1]);
        InitialValues values = InitialValues.Of(first, second);
        foreach ((int chain,
            Dictionary<string, Tensor> expected) in (ReadOnlySpan<(int, Dictionary<string, Tensor>)>)[(0, first), (1, second), (2, second)])
        {
            IReadOnlyDictionary<string, Tensor> found = potential.Constrain(values.Choose(potential, chain, RandomKey.FromSeed(1)));
            Assert.All(expected.Keys,
                name => Assert.Equal(expected[name].ToArray<double>(), found[name].ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12));
        }

        // Not even one small step of a walk leads far away.
        McmcResult posterior = Mcmc.Run(potential, new RandomWalk(1e-6, adapt: false), chains: 2, warmup: 0, draws: 1, start: values);
        Assert.Equal(-0.5, posterior["u"][1, 0].Item(), 1e-4);
        Assert.Contains("no value was given",
            Assert.Throws<ModelException>(
                () => InitialValues.Of(new Dictionary<string, Tensor> { ["u"] = 1.0 }).Choose(potential, 0, default)).Message);
        Assert.Throws<ModelException>(() => InitialValues.Of(Values(4, 2, [0.2, 0.3, 0.5])).Choose(potential, 0, default));

        static Dictionary<string, Tensor> Values(double u, double g, double[] p) => new() { ["u"] = u, ["g"] = g, ["p"] = Tensor.From(p) };
    }

    [Fact]
    public void Uniform_values_lie_between_minus_two_and_two_and_differ_from_chain_to_chain()
    {
        Potential potential = Potential.Of(McmcModels.Bounded);
        double[][] points = Points(potential, InitialValues.Uniform, 200);
        double[] all = [.. points.SelectMany(point => point)];
        Assert.InRange(all.Min(), -2, -1.9);
        Assert.InRange(all.Max(), 1.9, 2);
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void A_hundred_tries_are_made_to_find_a_finite_start()
    {
        // One in 13 uniform numbers lies above 1.7; no chain may need more than a hundred of them.
        Potential potential = Potential.Of(() => Factor("edge", (Sample("x", new Normal(0, 1)) - 1.7).Log()), 2);
        Assert.All(Points(potential, InitialValues.Uniform, 30), point => Assert.InRange(point[0], 1.7, 2));
        Assert.All(Points(potential, InitialValues.Prior, 10), point => Assert.InRange(point[0], 1.7, 5));
        ModelException refusal =
            Assert.Throws<ModelException>(() => Potential.Of(() => Factor("never", Sample("x", new Normal(0, 1)) * 0 + double.NegativeInfinity)));
        Assert.Contains("none of 100 starting points", refusal.Message);
    }

    [Fact]
    public void Values_from_priors_are_spread_like_them()
    {
        Potential potential = Potential.Of(McmcModels.Scaled);
        double[][] points = Points(potential, InitialValues.Prior, 400);
        double[] b = [.. points.Select(point => point[1])];
        Assert.Equal(-50, b.Average(), 4.0);
        Assert.Equal(20, GaussianChain.Spread(b), 3.0);
    }

    [Fact]
    public void Values_near_given_ones_have_a_place_for_each_chain()
    {
        Potential potential = Potential.Of(McmcModels.Scaled);
        double[] b =
            [.. Points(potential, InitialValues.Near(new Dictionary<string, Tensor> { ["a"] = 3.0, ["b"] = -40.0 }, jitter: 0.5), 400)
                .Select(point => point[1])];
        Assert.Equal(-40, b.Average(), 0.1);
        Assert.Equal(0.5, GaussianChain.Spread(b), 0.08);
    }

    [Fact]
    public void Values_from_a_fitted_guide_are_draws_of_it()
    {
        static void Model(Tensor x)
        {
            Tensor scale = Sample("scale", new HalfNormal(1)), mean = Sample("mean", new Normal(0, 100));
            using PlateScope rows = Plate("rows", 3);
            Sample("x", new Normal(mean, scale), observed: x);
        }

        Tensor data = Tensor.From([39.5, 40, 40.5]);
        AutoMultivariateNormal<Tensor> guide = new(Model, GuideStart.Given(("mean", 40.0)));
        Svi<Tensor> svi = GaussianChain.Fit(Model, guide, data, 600);
        Potential potential = Potential.Of(() => Model(data));
        double[] fit = guide.Draw(svi.Parameters, 400).Scalar("mean");
        double[] starts =
            [.. Points(potential, InitialValues.FromGuide(guide, data, svi.Parameters), 400)
                .Select(point => potential.Constrain(point)["mean"].Item())];
        Assert.Equal(fit.Average(), starts.Average(), 0.15);
        Assert.Equal(GaussianChain.Spread(fit), GaussianChain.Spread(starts), 0.15);

        // By hand, and wrong: a guide that draws another site only.
        InitialValues byHand = InitialValues.FromGuide(_ => Sample("mean", new Normal(Param("loc", 0.0), 1)), data, svi.Parameters);
        Assert.Contains("no value was given", Assert.Throws<ModelException>(() => byHand.Choose(potential, 0, RandomKey.FromSeed(1))).Message);
        McmcResult posterior = Mcmc.Run(potential, chains: 3, warmup: 150, draws: 100, start: InitialValues.FromGuide(guide, data, svi.Parameters));
        Assert.InRange(posterior.Summary()["mean"].Mean, 39, 41);
    }

    private static double[][] Points(Potential potential, InitialValues values, int chains) =>
        [.. Enumerable.Range(0, chains).Select(chain => values.Choose(potential, chain, RandomKey.FromSeed(3).Child(chain)))];
}
