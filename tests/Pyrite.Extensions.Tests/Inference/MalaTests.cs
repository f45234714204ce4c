using Pyrite.Testing;

namespace Pyrite.Extensions.Inference;

/// <summary>A sampler of one's own runs, is judged, stops and goes on like the library's.</summary>
public sealed class MalaTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-mala-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Draws_follow_the_posterior_and_the_diagnostics_say_so()
    {
        McmcResult result = Mcmc.Run(Targets.Seen, new Mala(), chains: 4, warmup: 500, draws: 500, seed: 1, thinning: 10);
        // Ten transitions apart the draws are nearly independent; a right sampler fails once in 1,000.
        StatisticalAssert.KolmogorovSmirnov(result.Draws.Scalar("a"), x => ReferenceCdf.Normal((x - 1.2) / Math.Sqrt(0.2)), 1e-3);
        SummaryRow row = Assert.Single(result.Summary().Rows);
        Assert.InRange(row.RHat, 0.99, 1.01);
        Assert.True(row.EssBulk > 1_000);
        Assert.Equal(0, result.Divergences);
        // Warm-up aims at 57 % accepted; the mean over 2,000 draws lies within 0.1 of it by far.
        Assert.InRange(result.Statistics.Scalar(SamplerColumns.AcceptanceProbability).Average(), 0.47, 0.67);
        Assert.Empty(result.StepSizes);
    }

    [Fact]
    public void A_run_that_stopped_goes_on_to_the_same_bits_from_its_file()
    {
        McmcResult whole = Run();
        McmcResult part = Stopped(files: null);
        string path = Path.Combine(folder, "mala.state");
        part.State!.Save(path);
        McmcState state = McmcState.Load(path);
        Assert.Equal("MALA from 0.5", state.Sampler.ToString());
        Same(whole, Mcmc.Resume(Targets.Seen, state, sampler: new Mala()));
        Same(whole, Mcmc.Resume(Targets.Seen, part.State));
    }

    [Fact]
    public void Files_of_draws_that_stopped_go_on_to_the_same_bits()
    {
        ChainFiles files = new(Path.Combine(folder, "chains")) { BlockSize = 7 };
        Stopped(files);
        McmcResult part = McmcResult.Load(files.Path);
        Assert.False(part.IsComplete);
        Same(Run(), Mcmc.Resume(Targets.Seen, files, sampler: new Mala()));
    }

    [Fact]
    public void A_file_without_its_sampler_is_refused_and_so_is_another_sampler()
    {
        string path = Path.Combine(folder, "mala.state");
        Stopped(files: null).State!.Save(path);
        McmcState state = McmcState.Load(path);
        ArgumentException none = Assert.Throws<ArgumentException>(() => Mcmc.Resume(Targets.Seen, state));
        Assert.Contains("MALA from 0.5", none.Message);
        Assert.Contains("Mcmc.Resume(…, sampler: …)", none.Message);
        ArgumentException other = Assert.Throws<ArgumentException>(() => Mcmc.Resume(Targets.Seen, state, sampler: new Mala(0.25)));
        Assert.Contains("MALA from 0.5", other.Message);
        Assert.Contains("MALA from 0.25", other.Message);
    }

    [Fact]
    public void A_record_of_numbers_goes_on_as_the_chain_would()
    {
        Potential potential = Potential.Of(Targets.Seen);
        Mala sampler = new();
        ChainState state = sampler.Start(potential, [0.5], warmup: 20, RandomKey.FromSeed(3));
        for (int i = 0; i < 10; i++)
        {
            state = sampler.Step(potential, state);
        }
        ChainState copy = ChainState.From(state.ToNumbers());
        for (int i = 0; i < 30; i++)
        {
            state = sampler.Step(potential, state);
            copy = sampler.Step(potential, copy);
        }
        Assert.Equal(state.Position.ToArray(), copy.Position.ToArray());
        Assert.Equal((state.Transitions, state.Key, state.Last), (copy.Transitions, copy.Key, copy.Last));
        Assert.Equal(40, copy.Transitions);
    }

    [Fact]
    public void A_steady_step_allocates_nothing()
    {
        Potential potential = Potential.Of(Targets.Ridge);
        Mala sampler = new(0.05);
        ChainState state = sampler.Start(potential, [0.5, 0.5], warmup: 0, RandomKey.FromSeed(3));
        Walk(200);
        Assert.Equal(0, Allocation.Least(() => Walk(200)));

        void Walk(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                state = sampler.Step(potential, state);
            }
        }
    }

    private static McmcResult Run() => Mcmc.Run(Targets.Seen, new Mala(), chains: 2, warmup: 40, draws: 60, seed: 5);

    /// <summary>The run, stopped after some transitions of a chain.</summary>
    private static McmcResult Stopped(ChainFiles? files)
    {
        using CancellationTokenSource source = new();
        return Mcmc.Run(Targets.Seen, new Mala(), chains: 2, warmup: 40, draws: 60, seed: 5, progress: new StopAfter(source, 64),
            cancellation: source.Token, files: files);
    }

    private static void Same(McmcResult expected, McmcResult found)
    {
        Assert.Equal(expected["a"].ToArray<double>(), found["a"].ToArray<double>());
        Assert.All(SamplerColumns.All, name => Assert.Equal(expected.Statistics.Scalar(name), found.Statistics.Scalar(name)));
    }

    private sealed class StopAfter(CancellationTokenSource source, int transitions) : IProgress<McmcProgress>
    {
        public void Report(McmcProgress value)
        {
            if (value.Transitions >= transitions)
            {
                source.Cancel();
            }
        }
    }
}
