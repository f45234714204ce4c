using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Extensions.Distributions;

public sealed class LindleyTests
{
    private static readonly Tensor Waits = new Lindley(1.5).Sample(RandomKey.FromSeed(8), [400]).Keep();

    [Fact]
    public void Draws_follow_the_distribution_function()
    {
        Lindley lindley = new(Tensor.From([0.3, 1.5]));
        Tensor draws = lindley.Sample(RandomKey.FromSeed(1), [20_000]), shares = lindley.Cdf(draws);

        Assert.Equal(DType.Float64, draws.DType);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(0.5, shares[.., i].Mean().Item(), 0.01);
            Assert.Equal(1 / 12.0, shares[.., i].Square().Mean().Item() - 0.25, 0.01);
            Assert.Equal(1, draws[.., i].Mean().Item() / lindley.Mean[i].Item(), 0.03);
        }
    }

    [Fact]
    public void The_density_is_the_slope_of_the_distribution_function()
    {
        Tensor x = Tensor.From([0.2, 1.0, 7.0]).AsVariable();
        Tensor slope = Gradient.Of(new Lindley(0.8).Cdf(x).Sum(), [x])[0];

        Close.Assert(new Lindley(0.8).LogProb(x).Exp().ToArray<double>(), slope.ToArray<double>(), 1e-12, 0, "density");
        Assert.Equal(0.3, new Lindley(0.8).Cdf(new Lindley(0.8).InverseCdf(0.3)).Item(), 1e-6);
    }

    /// <summary>With the share of a draw held, a draw of a rate is a number that the distribution function gives back.</summary>
    [Fact]
    public void Gradients_of_draws_are_those_of_quantiles()
    {
        Tensor rate = Tensor.From([0.4, 2.0]).AsVariable();
        Tensor draws = new Lindley(rate).Sample(RandomKey.FromSeed(2));
        double[] slopes = Gradient.Of(draws.Sum(), [rate])[0].ToArray<double>();
        Tensor shares = new Lindley(rate.Detach()).Cdf(draws.Detach());
        double[] above = new Lindley(rate.Detach() + 1e-4).InverseCdf(shares).ToArray<double>();
        double[] below = new Lindley(rate.Detach() - 1e-4).InverseCdf(shares).ToArray<double>();

        Close.Assert(slopes, [.. above.Zip(below, (a, b) => (a - b) / 2e-4)], 1e-5, 0, "slopes");
        Assert.Throws<InvalidOperationException>(() => new Pairs().Sample(RandomKey.FromSeed(1)));
    }

    [Fact]
    public void Bad_parameters_and_values_are_refused_and_a_mask_leaves_them_out()
    {
        Assert.Contains("Lindley", Assert.Throws<ArgumentException>(() => new Lindley(-1)).Message);
        Assert.Contains("Lindley", Assert.Throws<ArgumentException>(() => new Lindley(1).LogProb(-2)).Message);
        Assert.Equal(double.NegativeInfinity, new Lindley(1, validate: false).LogProb(-2).Item());
        Tensor rate = Tensor.From([1.0, double.NaN]).AsVariable();
        Tensor score = new Lindley(rate, validate: false).Mask(Tensor.From([true, false])).LogProb(Tensor.From([2.0, double.NaN])).Sum();

        Assert.Equal(new Lindley(1.0).LogProb(2.0).Item(), score.Item(), 1e-12);
        Close.Assert(Gradient.Of(score, [rate])[0].ToArray<double>(), [-0.5, 0], 1e-12, 0, "slope 2 / rate - 1 / (1 + rate) - x");
    }

    [Fact]
    public void A_guide_learns_with_it()
    {
        Svi<Tensor?> inference = new(_ => Sample("wait", new Lindley(1.5)), Guide,
            new Adam(0.02) { Schedule = new ExponentialSchedule(0.997) }, new TraceElbo(particles: 8), seed: 1);
        for (int step = 0; step < 1_200; step++)
        {
            inference.Step(null);
        }

        Assert.Equal(1.5, inference.Parameters["rate"].Item(), 0.1);

        static void Guide(Tensor? data) => Sample("wait", new Lindley(Param("rate", 0.5, Constraints.Positive)));
    }

    [Fact]
    public void It_is_observed_sampled_and_predicted()
    {
        McmcResult posterior = Mcmc.Run(() => Model(Waits), chains: 2, warmup: 300, draws: 300, seed: 1);
        Draws predicted = Predictive.Draw<Tensor?>(Model, null, posterior, seed: 2);

        Assert.Equal(1.5, posterior["rate"].Mean().Item(), 0.2);
        Assert.Equal(0, posterior.Divergences);
        Assert.Equal(new Lindley(1.5).Mean.Item(), predicted["waits"].Mean().Item(), 0.15);
        Assert.Equal([2, 300, 400], predicted["waits"].Shape);
    }

    [Fact]
    public void Its_divergences_in_closed_form_are_found()
    {
        Lindley near = new(Tensor.From([1.5, 0.7])), far = new(Tensor.From([0.4, 0.7]));
        Exponential exponential = new(1);

        // Σ q (log q - log p) over a fine grid, midpoints, up to where e^-x has gone.
        AssertClose(Integral(near, far), KullbackLeibler.Divergence(near, far));
        AssertClose(Integral(near, far), KullbackLeibler.Divergence(near.Expand([3, 2]), far)[0]);
        AssertClose(Integral(exponential, far), KullbackLeibler.Divergence(exponential, far));
        Assert.Equal(Integral(near, far).Sum().Item(), KullbackLeibler.Divergence(near.ToEvent(1), far.ToEvent(1)).Item(), 1e-5);
        Assert.Null(KullbackLeibler.TryDivergence(near, exponential));
        Assert.Null(KullbackLeibler.TryDivergence(new Exponential(2), far));

        static void AssertClose(Tensor expected, Tensor found) =>
            Close.Assert(found.ToArray<double>(), expected.ToArray<double>(), 1e-5, 1e-6, "divergence");
    }

    /// <summary>The objective that takes divergences in closed form asks the family: its gradients then have no noise.</summary>
    [Fact]
    public void A_closed_form_makes_the_mean_field_objective_exact()
    {
        Svi<int> inference = new(_ => Sample("wait", new Lindley(1.5)), _ => Sample("wait", new Lindley(Param("rate", 0.5, Constraints.Positive))),
            new Adam(0.02), new MeanFieldElbo(), seed: 1);
        double expected = KullbackLeibler.Divergence(new Lindley(Tensor.Full([], 0.5)), new Lindley(1.5)).Item();

        Assert.Equal(expected, inference.Evaluate(0), 1e-5);
        Assert.Equal(expected, inference.Evaluate(0), 1e-5);
    }

    private static Tensor Integral(Distribution q, Distribution p)
    {
        const int Cells = 200_000;
        const double End = 100;
        Tensor x = (Tensor.Range(Cells).To(DType.Float64).Unsqueeze(-1) + 0.5) * (End / Cells);
        Tensor score = q.LogProb(x);
        return (score.Exp() * (score - p.LogProb(x))).Sum(0) * (End / Cells);
    }

    private static void Model(Tensor? waits)
    {
        Tensor rate = Sample("rate", new Lindley(1));
        using (Plate("people", 400))
        {
            Sample("waits", new Lindley(rate), observed: waits);
        }
    }

    /// <summary>Vectors, which have no distribution function.</summary>
    private sealed class Pairs() : Distribution([], [2], validate: true)
    {
        public override Constraint Support => Constraints.RealVector;

        protected override Tensor Draw(RandomKey key, Shape shape) => Reparameterized(key.Normal(shape));

        protected override Tensor LogDensity(Tensor value) => value.Sum(-1);
    }
}
