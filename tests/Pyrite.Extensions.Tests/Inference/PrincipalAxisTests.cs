using Pyrite.Testing;

namespace Pyrite.Extensions.Inference;

/// <summary>A metric of one's own, given or estimated during warm-up.</summary>
public sealed class PrincipalAxisTests
{
    private static readonly PrincipalAxisMetric Given = new([0.5, 2, 1.5], [1, -0.5, 0.25]);

    [Fact]
    public void Momenta_have_the_inverse_of_the_metric_as_their_covariance()
    {
        const int Count = 20_000, Size = 3;
        double[] p = new double[Size], v = new double[Size];
        double[][] products = [.. Enumerable.Range(0, Size * Size).Select(_ => new double[Count])];
        for (int i = 0; i < Count; i++)
        {
            Given.DrawMomentum(RandomKey.FromSeed(5).Child(i), p);
            Given.Velocity(p, v);
            for (int k = 0; k < products.Length; k++)
            {
                products[k][i] = p[k / Size] * v[k % Size];
            }
        }
        for (int k = 0; k < products.Length; k++)
        {
            // E[p (M⁻¹ p)ᵀ] = I; nine checks of 1e-4.
            StatisticalAssert.MeanWithin(products[k], k % (Size + 1) == 0 ? 1 : 0, 1e-4, $"entry {k}");
        }
    }

    [Fact]
    public void Warm_up_finds_the_ridge_and_trajectories_become_short()
    {
        McmcResult own = Run(new Nuts(structure: new PrincipalAxisStructure())), usual = Run(new Nuts());
        (double[] along, double[] across) = Targets.Axes(own.Draws);
        // Draws four transitions apart are nearly independent; a right sampler fails once in 1,000, twice asked.
        StatisticalAssert.KolmogorovSmirnov(along, x => ReferenceCdf.Normal(x / Targets.Long), 1e-3, "along the ridge");
        StatisticalAssert.KolmogorovSmirnov(across, x => ReferenceCdf.Normal(x / Targets.Short), 1e-3, "across the ridge");
        Assert.All(own.Metrics, metric => Assert.IsType<PrincipalAxisMetric>(metric));
        Assert.True(Gradients(own) < 0.5 * Gradients(usual), $"{Gradients(own)} gradients per draw against {Gradients(usual)}");

        static McmcResult Run(Sampler sampler) => Mcmc.Run(Targets.Ridge, sampler, chains: 4, warmup: 400, draws: 400, seed: 2, thinning: 4);
        static double Gradients(McmcResult result) => result.Statistics.Scalar(SamplerColumns.LeapfrogSteps).Average();
    }

    [Theory]
    [InlineData(10)]    // before the windows, with the metric that was given
    [InlineData(60)]    // inside of a window
    [InlineData(130)]   // with an estimated metric
    public void A_chain_of_such_a_metric_goes_on_from_its_numbers(int stop)
    {
        Nuts sampler = new(structure: new PrincipalAxisStructure(), metric: new PrincipalAxisMetric([1, 1], [0.5, 0.5]));
        Potential potential = Potential.Of(Targets.Ridge);
        ChainState state = sampler.Start(potential, [0.1, 0.2], warmup: 120, RandomKey.FromSeed(7));
        Walk(ref state, stop);
        ChainState copy = state.Copy();
        Walk(ref state, 160 - stop);
        Walk(ref copy, 160 - stop);
        Assert.Equal(state.Position.ToArray(), copy.Position.ToArray());
        Assert.Equal(state.Last, copy.Last);
        Assert.Equal(HamiltonianSampler.MetricOf(state).Variances, HamiltonianSampler.MetricOf(copy).Variances);

        void Walk(ref ChainState at, int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                at = sampler.Step(potential, at);
            }
        }
    }
}
