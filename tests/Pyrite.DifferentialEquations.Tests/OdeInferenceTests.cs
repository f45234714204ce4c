using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Solves inside of models.</summary>
[Trait("Once", "Cultures")]
public sealed class OdeInferenceTests
{
    private const double Alpha = 0.6, Gamma = 0.75;

    private static readonly Tensor Times = Tensor.From([1.0, 2, 3, 4, 5, 6, 7, 8]);
    private static readonly Tensor Start = Tensor.From([25.0, 5.0]);

    /// <summary>The solution with errors of a fifth, from fixed draws.</summary>
    private static readonly Tensor Seen = States(Alpha, Gamma)
        * (0.2 * RandomKey.FromSeed(4).Child("errors").Normal([8, 2], DType.Float64)).Exp();

    private static Tensor States(Tensor alpha, Tensor gamma) => Ode.Solve(
        (t, y) => Tensor.Stack([(alpha - (0.028 * y[1])) * y[0], ((0.024 * y[0]) - gamma) * y[1]]), Start, 0, Times).Values;

    private static void LotkaVolterra()
    {
        Tensor alpha = Sample("alpha", new LogNormal(-0.5, 0.3)), gamma = Sample("gamma", new LogNormal(-0.3, 0.3));
        Tensor states = States(alpha, gamma);
        using (Plate("years", 8, dimension: -2))
        using (Plate("series", 2, dimension: -1))
        {
            Sample("counts", new LogNormal(states.Log(), 0.2), observed: Seen);
        }
    }

    [Fact]
    public void Densities_are_recorded_and_their_gradients_are_those_of_differences()
    {
        Potential potential = Potential.Of(LotkaVolterra);

        Assert.True(potential.IsReplayed);
        double[] point = [-0.6, -0.2], gradient = new double[2];
        potential.LogDensity(point, gradient);
        for (int i = 0; i < 2; i++)
        {
            double[] high = [.. point], low = [.. point];
            high[i] += 1e-4;
            low[i] -= 1e-4;
            double difference = (potential.LogDensity(high) - potential.LogDensity(low)) / 2e-4;
            Assert.Equal(difference, gradient[i], 1e-3 * (1 + Math.Abs(difference)));
        }
    }

    [Fact]
    public void Nuts_draws_the_parameters_of_an_equation()
    {
        McmcResult result = Mcmc.Run(LotkaVolterra, draws: 100, warmup: 100, chains: 2, seed: 3,
            start: InitialValues.Near(new Dictionary<string, Tensor> { ["alpha"] = 0.6, ["gamma"] = 0.7 }));
        Summary summary = result.Draws.Summary();

        // Six standard deviations of the posterior, which are about 0.02.
        Assert.Equal(Alpha, summary["alpha"].Mean, 0.12);
        Assert.Equal(Gamma, summary["gamma"].Mean, 0.12);
        Assert.All(summary.Rows, row => Assert.True(row.RHat < 1.2));
    }

    [Fact]
    public void Points_where_the_solution_explodes_are_rejected_and_counted()
    {
        void Model()
        {
            Tensor rate = Sample("rate", new Normal(0.5, 0.5));
            Tensor state = Ode.Solve((t, y) => rate * y * y, Tensor.From([1.0]), 0, 1.0).Values;
            Sample("seen", new Normal(state.Sum(), 0.8), observed: 2.5);
        }
        McmcResult result = Mcmc.Run(Model, draws: 200, warmup: 200, chains: 1, seed: 1, start: InitialValues.Near(
            new Dictionary<string, Tensor> { ["rate"] = 0.5 }));

        Assert.All(result.Draws.Scalar("rate").ToArray(), rate => Assert.True(rate < 1));
        PotentialFailure failure = Assert.Single(result.Failures);
        Assert.True(failure.Count > 0);
        Assert.Contains("grows without bound", failure.Message);
    }

    /// <summary>A gradient in the middle of a run: what a solve needs stands in memory of its own.</summary>
    [Fact]
    public void Gradients_of_densities_allocate_nothing()
    {
        Potential potential = Potential.Of(LotkaVolterra);
        double[] point = [-0.6, -0.2], gradient = new double[2];
        Evaluate(50);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Evaluate(200);

        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 200);

        void Evaluate(int count)
        {
            for (int i = 0; i < count; i++)
            {
                point[0] = -0.6 + (1e-9 * (i % 2));
                potential.LogDensity(point, gradient);
            }
        }
    }

    /// <summary>Solves have no second derivatives by default; those of Laplace's approximations are differences of gradients, in the guide
    /// too.</summary>
    [Fact]
    public void Laplace_approximations_take_differences_of_gradients()
    {
        InitialValues near = InitialValues.Near(new Dictionary<string, Tensor> { ["alpha"] = 0.6, ["gamma"] = 0.7 });
        LaplaceResult found = Laplace.Run(LotkaVolterra, start: near);
        AutoLaplace<int> guide = new(_ => LotkaVolterra(),
            GuideStart.Given(new Dictionary<string, Tensor> { ["alpha"] = 0.6, ["gamma"] = 0.7 }));
        AutoMultivariateNormal<int> normal = guide.Approximate(0);
        Tensor draws = normal.Draw(null, 2_000)["alpha"].Log();

        Assert.True(found.Weigh().IsReliable);
        double spread = Math.Sqrt(found.Covariance[0][0].Item());

        // The spread of 2,000 draws has a standard error of 1.6 %.
        Assert.Equal(spread, Math.Sqrt((draws - draws.Mean()).Square().Mean().Item()), 0.08 * spread);
    }

    [Fact]
    public void A_chain_has_the_same_bits_alone_and_beside_others()
    {
        InitialValues near = InitialValues.Near(new Dictionary<string, Tensor> { ["alpha"] = 0.6, ["gamma"] = 0.7 });

        Assert.Equal(Draw(chains: 1), Draw(chains: 3)[..20]);

        double[] Draw(int chains) => [.. Mcmc.Run(LotkaVolterra, draws: 20, warmup: 20, chains: chains, seed: 5, start: near).Draws.Scalar("alpha")];
    }

    [Fact]
    public void Variational_steps_repeat_a_solve()
    {
        Svi<int> svi = new(_ => LotkaVolterra(), new AutoDelta<int>(_ => LotkaVolterra()), new Adam(0.05), new TraceElbo());
        double first = svi.Step(0), last = 0;
        for (int i = 0; i < 60; i++)
        {
            last = svi.Step(0);
        }

        Assert.True(last < first, FormattableString.Invariant($"{first} → {last}"));
    }
}
