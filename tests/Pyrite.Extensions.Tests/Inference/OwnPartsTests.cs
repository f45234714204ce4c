using Pyrite.Testing;

namespace Pyrite.Extensions.Inference;

/// <summary>Every part of a Hamiltonian sampler can be exchanged, and the draws still follow the posterior.</summary>
public sealed class OwnPartsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-parts-").FullName;

    public static TheoryData<string> Samplers => [.. All.Keys];

    private static Dictionary<string, Func<Sampler>> All { get; } = new()
    {
        ["trajectory"] = () => new OwnHamiltonian(new RandomLengthTrajectory(12), MetricStructure.Dense),
        ["termination"] = () => new OwnHamiltonian(Trajectory.NoUTurn(8, new RightAngleTermination())),
        ["step size"] = () => new Nuts { Adaptation = new RobbinsMonro() },
        ["schedule"] = () => new Nuts(structure: MetricStructure.Dense) { Schedule = new MiddleSchedule() },
        ["all"] = () => new OwnHamiltonian(Trajectory.NoUTurn(8, new RightAngleTermination()), new PrincipalAxisStructure())
        {
            Integrator = new TwoStageIntegrator(),
            Adaptation = new RobbinsMonro(),
            Schedule = new MiddleSchedule(),
        },
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Draws_follow_the_posterior(string name)
    {
        McmcResult result = Mcmc.Run(Targets.Ridge, All[name](), chains: 4, warmup: 400, draws: 300, seed: 6, thinning: 8);
        (double[] along, double[] across) = Targets.Axes(result.Draws);
        // Draws eight transitions apart are nearly independent; a right sampler fails once in 1,000, ten times asked.
        StatisticalAssert.KolmogorovSmirnov(along, x => ReferenceCdf.Normal(x / Targets.Long), 1e-3, "along the ridge");
        StatisticalAssert.KolmogorovSmirnov(across, x => ReferenceCdf.Normal(x / Targets.Short), 1e-3, "across the ridge");
        Assert.Equal(4, result.StepSizes.Count);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_complete_run_goes_on_from_its_file_as_one_that_was_longer(string name)
    {
        string path = Path.Combine(folder, "run.state");
        Run(20).State!.Save(path);
        McmcState state = McmcState.Load(path);
        Assert.Throws<ArgumentException>(() => Mcmc.Resume(Targets.Ridge, state));
        McmcResult longer = Mcmc.Resume(Targets.Ridge, state, draws: 50, sampler: All[name]());
        Assert.Equal(Run(50)["x"].ToArray<double>(), longer["x"].ToArray<double>());

        McmcResult Run(int draws) => Mcmc.Run(Targets.Ridge, All[name](), chains: 2, warmup: 60, draws: draws, seed: 8);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_steady_step_allocates_nothing(string name)
    {
        Potential potential = Potential.Of(Targets.Ridge);
        Sampler sampler = All[name]();
        ChainState state = sampler.Start(potential, [0.5, 0.5], warmup: 100, RandomKey.FromSeed(3));
        Walk();
        Assert.Equal(0, Allocation.Least(Walk));

        void Walk()
        {
            for (int i = 0; i < 200; i++)
            {
                state = sampler.Step(potential, state);
            }
        }
    }

    [Fact]
    public void A_schedule_with_gaps_is_refused()
    {
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() =>
            Mcmc.Run(Targets.Seen, new Nuts { Schedule = new Gaps() }, chains: 1, warmup: 100, draws: 1));
        Assert.Contains("0-9, 20-99", refusal.Message);
    }

    private sealed class Gaps : WarmupSchedule
    {
        public override IReadOnlyList<(int First, int Last)> Divide(int warmup) => [(0, 9), (20, warmup - 1)];
    }
}
