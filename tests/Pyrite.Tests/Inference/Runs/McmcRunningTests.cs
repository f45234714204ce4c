using Pyrite.Inference.Runs;
using Pyrite.Kernels.Threads;

namespace Pyrite.Tests;

public sealed class McmcRunningTests
{
    public static TheoryData<string> Samplers => [.. All.Keys];

    private static Dictionary<string, Sampler> All { get; } = new()
    {
        ["nuts"] = new Nuts(jitter: 0.1),
        ["dense"] = new Nuts(structure: MetricStructure.Dense),
        ["hmc"] = new Hmc(steps: 5),
        ["walk"] = new RandomWalk(),
        ["slice"] = new SliceSampler(),
    };

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Chains_give_the_same_bits_together_one_by_one_and_alone(string name)
    {
        Potential potential = Potential.Of(McmcModels.EightSchools);
        McmcResult Run(int threads, int chains)
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            return Mcmc.Run(potential, All[name], chains, warmup: 60, draws: 30, seed: 5);
        }

        McmcResult together = Run(3, 3), two = Run(2, 3), alone = Run(1, 3), first = Run(2, 1);
        foreach (string site in together.Draws.Names)
        {
            double[] all = together[site].ToArray<double>();
            Assert.Equal(all, two[site].ToArray<double>());
            Assert.Equal(all, alone[site].ToArray<double>());
            Assert.Equal(all[..(all.Length / 3)], first[site].ToArray<double>());
        }
        Assert.All(SamplerColumns.All, column => Assert.Equal(together.Statistics.Scalar(column), alone.Statistics.Scalar(column)));
        Assert.Equal(together.StepSizes, alone.StepSizes);
    }

    [Fact]
    public void Thinning_keeps_every_so_many_draws_of_the_same_chain()
    {
        McmcResult all = Mcmc.Run(McmcModels.EightSchools, chains: 2, warmup: 50, draws: 60, seed: 1),
            thinned = Mcmc.Run(McmcModels.EightSchools, chains: 2, warmup: 50, draws: 20, seed: 1, thinning: 3);
        foreach (string name in all.Draws.Names)
        {
            Assert.Equal(all.Draws.Range(2..).Thin(3).Variable(name).Values, thinned.Draws.Variable(name).Values);
        }
        Assert.All(SamplerColumns.All, name => Assert.Equal(all.Statistics.Range(2..).Thin(3).Scalar(name), thinned.Statistics.Scalar(name)));
    }

    [Fact]
    public void Extra_fields_are_what_the_sampler_did()
    {
        Potential potential = Potential.Of(McmcModels.EightSchools);
        Nuts sampler = new(maximumTreeDepth: 4);
        McmcResult posterior = Mcmc.Run(potential, sampler, chains: 2, warmup: 100, draws: 200, seed: 3);
        double[] Column(string name) => posterior.Statistics.Scalar(name);
        double[] depth = Column(SamplerColumns.TreeDepth), steps = Column(SamplerColumns.LeapfrogSteps),
            acceptance = Column(SamplerColumns.AcceptanceProbability), energy = Column(SamplerColumns.Energy);
        double[] logDensity = Column(SamplerColumns.LogDensity), divergent = Column(SamplerColumns.Divergent),
            stepSize = Column(SamplerColumns.StepSize);
        for (int i = 0; i < depth.Length; i++)
        {
            Assert.InRange(depth[i], 0, 4);

            // A tree of depth d has 2^d - 1 steps; what a rejected doubling made comes on top.
            Assert.InRange(steps[i], Math.Pow(2, depth[i]) - 1, Math.Pow(2, depth[i] + 1) - 1);
            Assert.InRange(acceptance[i], 0, 1);
            Assert.True(energy[i] >= -logDensity[i]);
            Assert.Contains(divergent[i], (double[])[0, 1]);
            Assert.Equal(posterior.StepSizes[i / 200], stepSize[i]);
            double[] point =
                potential.Unconstrain(
                    new Dictionary<string, Tensor>
                    {
                        ["mu"] = posterior["mu"][i / 200, i % 200],
                        ["tau"] = posterior["tau"][i / 200, i % 200],
                        ["z"] = posterior["z"][i / 200, i % 200]
                    });
            Assert.Equal(potential.LogDensity(point), logDensity[i], 1e-8);
        }
        Assert.Equal(divergent.Sum(), posterior.Divergences);
        Assert.Equal(4, posterior.MaximumTreeDepth);
        Assert.True(acceptance.Average() is > 0.6 and < 0.98);
    }

    [Fact]
    public void Progress_of_a_chain_goes_up_and_tells_divergences_and_step_size()
    {
        Lock one = new();
        List<McmcProgress> told = [];
        McmcResult posterior =
            Mcmc.Run(McmcModels.EightSchools, new Nuts(), chains: 2, warmup: 100, draws: 100, seed: 6, progress: new Listener(progress =>
        {
            lock (one)
            {
                told.Add(progress);
            }
        }));
        for (int chain = 0; chain < 2; chain++)
        {
            McmcProgress[] mine = [.. told.Where(progress => progress.Chain == chain)];
            Assert.Equal(Enumerable.Range(1, 50).Select(i => 4 * i), mine.Select(progress => progress.Transitions));
            Assert.All(mine, progress => Assert.Equal(progress.Transitions < 100, progress.IsWarmup));
            Assert.All(mine, progress => Assert.Equal(200, progress.Total));
            Assert.Equal(posterior.Statistics.SelectChains(chain).Scalar(SamplerColumns.Divergent).Sum(), mine[^1].Divergences);
            Assert.Equal(posterior.StepSizes[chain], mine[^1].StepSize);
        }
    }

    [Fact]
    public void A_cancelled_run_keeps_the_draws_that_make_a_rectangle()
    {
        using CancellationTokenSource source = new();
        using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(1);
        McmcResult part =
            Mcmc.Run(McmcModels.Chain, chains: 3, warmup: 50, draws: 50, seed: 6, cancellation: source.Token, progress: new Listener(progress =>
        {
            if (progress is { Chain: 1, Transitions: 80 })
            {
                source.Cancel();
            }
        }));

        // One after the other: chain 0 has 50 draws, chain 1 has 30, chain 2 none.
        Assert.False(part.IsComplete);
        Assert.Equal([2, 30], part["x1"].Shape.Sizes.ToArray());
        Assert.Equal([100, 80, 0], part.State!.Transitions);
        Assert.Equal(3, part.StepSizes.Count);
        Assert.Contains("x1", part.Summary().ToString());
        McmcResult whole = Mcmc.Run(McmcModels.Chain, chains: 3, warmup: 50, draws: 50, seed: 6);
        Assert.Equal(whole.Draws.SelectChains(0, 1).Range(..30).Scalar("x3"), part.Draws.Scalar("x3"));
        Assert.Equal(whole["x3"].ToArray<double>(), Mcmc.Resume(McmcModels.Chain, part.State).Draws["x3"].ToArray<double>());
    }

    [Fact]
    public void Cancelled_before_it_begins_a_run_has_no_draws_and_says_so()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        McmcResult nothing = Mcmc.Run(McmcModels.Chain, chains: 2, warmup: 20, draws: 10, cancellation: source.Token);
        Assert.Contains("cancelled before the first draw", Assert.Throws<InvalidOperationException>(() => nothing["x1"]).Message);
        Assert.True(Mcmc.Resume(McmcModels.Chain, nothing.State!).IsComplete);
    }

    [Theory]
    [InlineData(new[] { 5, 5, 5 }, new[] { 0, 1, 2 }, 5)]
    [InlineData(new[] { 5, 9, 7 }, new[] { 0, 1, 2 }, 5)]
    [InlineData(new[] { 1, 9, 7 }, new[] { 1, 2 }, 7)]
    [InlineData(new[] { 0, 9, 2 }, new[] { 1 }, 9)]
    [InlineData(new[] { 4, 8 }, new[] { 0, 1 }, 4)]
    [InlineData(new[] { 0, 0 }, new int[0], 0)]
    public void The_rectangle_holds_as_many_draws_as_possible(int[] lengths, int[] chains, int draws)
    {
        KeptChains kept = KeptChains.Of(lengths);
        Assert.Equal(chains, kept.Chains);
        Assert.Equal(draws, kept.Draws);
    }

    [Fact]
    public void Runs_of_impossible_size_are_refused()
    {
        Potential potential = Potential.Of(McmcModels.Chain);
        Assert.Throws<ArgumentOutOfRangeException>(() => Mcmc.Run(potential, draws: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mcmc.Run(potential, chains: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mcmc.Run(potential, warmup: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mcmc.Run(potential, thinning: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mcmc.Run(potential, draws: 100_000, thinning: 100_000));
    }

    private sealed class Listener(Action<McmcProgress> told) : IProgress<McmcProgress>
    {
        public void Report(McmcProgress value) => told(value);
    }
}
