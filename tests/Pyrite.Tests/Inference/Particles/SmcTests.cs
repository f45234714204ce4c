using static Pyrite.Primitives;

namespace Pyrite.Tests;

[Trait("Once", "Cultures")]
public sealed class SmcTests
{
    public static TheoryData<string> Kinds => ["Hamiltonian", "random walk", "independent"];

    /// <summary>The evidence of a Gamma–Poisson model is known in closed form.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_of_moves_finds_evidence_and_mean(string kind)
    {
        ParticleMoves moves = kind switch
        {
            "Hamiltonian" => new HamiltonianMoves(),
            "random walk" => new RandomWalkMoves(),
            _ => new IndependentMoves(),
        };
        SmcResult found = Smc.Run(Rates, new Smc { Particles = 500, Moves = moves, Scheme = ResamplingScheme.Residual }, seed: 4);

        // Gamma(2, 1) and counts 3, 1, 4: the posterior is Gamma(10, 4); the evidence Γ(10) / (Γ(2) 3! 1! 4! 4^10).
        double exact = Math.Log(362_880.0) - Math.Log(6 * 24) - (10 * Math.Log(4));
        Assert.Equal(exact, found.LogEvidence, 0.1);
        Assert.Equal(2.5, found["rate"].Mean().Item(), 0.08);
        Assert.Equal([4, 500], found["rate"].Shape.ToArray());
        Assert.All(found.Stages, stages => Assert.Equal(1, stages[^1].Temperature));
    }

    [Fact]
    public void Discrete_sites_are_summed_out_and_missing_entries_are_latent()
    {
        Tensor y = Tensor.From([-2.1, -1.9, 2.2, double.NaN]), seen = Tensor.From([true, true, true, false]);
        SmcResult found = Smc.Run(() =>
        {
            Tensor apart = Sample("apart", new HalfNormal(3));
            using PlateScope rows = Plate("rows", 4);
            Tensor z = Sample("z", new Bernoulli(0.5));
            Sample("y", new Normal(apart * ((2 * z) - 1), 0.3), observed: y, observedMask: seen);
        }, new Smc { Particles = 300 }, seed: 2);
        Assert.Equal(2.05, found["apart"].Mean().Item(), 0.1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_particles_at_any_number_of_threads()
    {
        double[] Particles(int threads)
        {
            using Pyrite.Kernels.Threads.WorkerPool.ThreadLimit limit = Pyrite.Kernels.Threads.WorkerPool.LimitThreads(threads);
            return Smc.Run(Rates, new Smc { Particles = 50 }, seed: 5)["rate"].ToArray<double>();
        }
        Assert.Equal(Particles(1), Particles(3));
    }

    [Fact]
    public void Impossible_data_and_improper_priors_are_refused()
    {
        ModelException impossible = Assert.ThrowsAny<ModelException>(() => Smc.Run(() =>
        {
            Tensor a = Sample("a", new Normal(0, 1));
            Sample("y", new Uniform(a, a + 1), observed: 1_000.0);
        }, new Smc { Particles = 50 }));
        Assert.Contains("data", impossible.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Smc.Run(() =>
            Sample("y", new Normal(Sample("a", new ImproperUniform(Constraints.Real)), 1), observed: 1.0), new Smc { Particles = 50 }));
    }

    [Fact]
    public void A_filter_says_which_observation_is_impossible_and_skips_those_that_were_not_made()
    {
        Tensor y = Tensor.From([0.1, 0.2, double.NaN, 0.3]), seen = Tensor.From([true, true, false, true]);
        ParticleFilterResult found = ParticleFilter.Run(new Normal(0, 1), (_, x) => new Normal(x, 0.1), (_, x) => new Normal(x, 0.5), y, seen);
        Assert.Equal(0, found.LogLikelihoodTerms.ToArray<double>()[2]);
        Assert.True(double.IsFinite(found.LogLikelihood));

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() =>
            ParticleFilter.Run(new Normal(0, 1), (_, x) => new Normal(x, 0.1), (_, x) => new Normal(x, 0.5), y));
        Assert.Contains("At time 2 the emission refuses", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<InvalidOperationException>(() => ParticleFilter.Run(new Normal(0, 1), (_, x) => new Normal(x, 0.1),
            (_, x) => new Uniform(x, x + 1, validate: false), Tensor.From([0.1, 0.2, 900, 0.3])));
        Assert.Contains("At time 2", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("impossible for all 1000 particles", refusal.Message, StringComparison.Ordinal);
    }

    private static void Rates()
    {
        Tensor counts = Tensor.From([3.0, 1, 4]), rate = Sample("rate", new Gamma(2, 1));
        using PlateScope rows = Plate("rows", 3);
        Sample("y", new Poisson(rate), observed: counts);
    }
}
