using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class McmcResumeTests : IDisposable
{
    private const int Warmup = 60;
    private const int Kept = 40;

    private static readonly Potential Schools = Potential.Of(McmcModels.EightSchools, seed: 4);

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-mcmc-").FullName;

    public static TheoryData<string> Samplers => [.. All.Keys];

    private static Dictionary<string, Sampler> All { get; } = new()
    {
        ["diagonal"] = new Nuts(),
        ["dense"] = new Nuts(structure: MetricStructure.Dense, jitter: 0.2),
        ["blocks"] = new Nuts(0.9, structure: MetricStructure.Blocks(["mu", "tau"], ["z"]), maximumTreeDepth: 6),
        ["one block"] = new Nuts(structure: MetricStructure.Blocks(["tau", "mu"])),
        ["given metric"] = new Nuts(stepSize: 0.3, metric: Metric.Dense(Correlated()), adaptMetric: false),
        ["nothing adapts"] = new Nuts(stepSize: 0.2, adaptStepSize: false, adaptMetric: false),
        ["hmc"] = new Hmc(steps: 4, jitter: 0.1, structure: MetricStructure.Dense),
        ["hmc of a length"] = new Hmc(trajectoryLength: 1.5),
        ["walk"] = new RandomWalk(),
        ["still walk"] = new RandomWalk(0.4, adapt: false),
        ["slice"] = new SliceSampler(1.5),
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Stopped_anywhere_and_resumed_from_a_file_a_run_gives_the_same_bits(string name)
    {
        // Windows of 60 transitions: (0, 8), (9, 53), (54, 59). Progress is told every second transition.
        McmcResult whole = Run(Schools, All[name]);
        foreach (int stop in (int[])[2, 36, 54, 60, 88])
        {
            McmcResult part = RunUntil(stop, (progress, token) => Run(Schools, All[name], progress, token));
            Assert.False(part.IsComplete);
            string path = Path.Combine(folder, $"{stop}.state");
            part.State!.Save(path);
            McmcState state = McmcState.Load(path);
            Assert.Equal(stop, state.Transitions.Max());
            Same(whole, Mcmc.Resume(Schools, state));
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void States_from_before_the_record_held_its_key_and_counts_go_on_to_the_same_bits(string name)
    {
        McmcResult whole = Run(Schools, All[name]);
        string path = Path.Combine(folder, "new.state"), earlier = Path.Combine(folder, "earlier.state");
        RunUntil(36, (progress, token) => Run(Schools, All[name], progress, token)).State!.Save(path);
        NamedTensors saved = SafeTensors.Load(path);
        KeyValuePair<string, Tensor>[] kept = [.. saved.Where(entry => entry.Key.Split('/')[^1] is not ("key" or "counts"))];
        Assert.True(kept.Length <= saved.Count - 2);
        SafeTensors.Save(earlier, kept, [.. saved.Metadata]);
        Same(whole, Mcmc.Resume(Schools, McmcState.Load(earlier)));
    }

    [Theory]
    [InlineData("chains/0/counts", new double[] { 37, 60 })]
    [InlineData("chains/0/counts", new double[] { 36, 1.5 })]
    [InlineData("chains/0/key", new double[] { 1, 2, 3, 4 })]
    [InlineData("chains/0/key", new double[] { -1, 2, 3, 4 })]
    public void A_record_of_other_counts_or_another_key_is_refused(string name, double[] numbers)
    {
        string path = Path.Combine(folder, "record.state");
        RunUntil(36, (progress, token) => Run(Schools, All["diagonal"], progress, token)).State!.Save(path);
        NamedTensors saved = SafeTensors.Load(path);
        SafeTensors.Save(path, saved.Select(entry => entry.Key == name ? KeyValuePair.Create(name, Tensor.From(numbers)) : entry),
            [.. saved.Metadata]);
        string message = Assert.Throws<ArgumentException>(() => Mcmc.Resume(Schools, McmcState.Load(path))).Message;
        Assert.Contains("The state of chain 0 has", message);
        Assert.Contains("damaged", message);
    }

    [Fact]
    public void A_run_stopped_again_and_again_gives_the_same_bits()
    {
        McmcResult whole = Run(Schools, All["dense"]), part = RunUntil(2, (progress, token) => Run(Schools, All["dense"], progress, token));
        int stops = 1;
        while (!part.IsComplete)
        {
            McmcState state = part.State!;
            long next = state.Transitions.Max() + 6;
            part = RunUntil((int)next, (progress, token) => Mcmc.Resume(Schools, state, progress: progress, cancellation: token));
            stops++;
        }
        Assert.InRange(stops, 10, 40);
        Same(whole, part);
    }

    [Fact]
    public void Resuming_changes_neither_the_state_nor_the_partial_result()
    {
        McmcResult part = RunUntil(80, (progress, token) => Run(Schools, All["diagonal"], progress, token));
        double[] before = part["tau"].ToArray<double>();
        Same(Mcmc.Resume(Schools, part.State!), Mcmc.Resume(Schools, part.State!));
        Assert.Equal(before, part["tau"].ToArray<double>());
        Assert.Equal(80, part.State!.Transitions.Max());
    }

    [Fact]
    public void Threads_do_not_matter_to_stopping_and_resuming()
    {
        McmcResult whole = Run(Schools, All["diagonal"], chains: 3);
        foreach (int threads in (int[])[1, 2, 3])
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            McmcResult part = RunUntil(70, (progress, token) => Run(Schools, All["diagonal"], progress, token, chains: 3));
            Same(whole, Mcmc.Resume(Schools, part.State!));
        }
    }

    [Fact]
    public void A_model_is_recorded_again_and_gives_the_same_bits()
    {
        McmcResult whole = Mcmc.Run(McmcModels.Bounded, chains: 2, warmup: 50, draws: 30, seed: 9, thinning: 2);
        McmcResult part =
            RunUntil(60,
                (progress, token) =>
                    Mcmc.Run(McmcModels.Bounded, chains: 2, warmup: 50, draws: 30, seed: 9, progress: progress, cancellation: token, thinning: 2));
        Same(whole, Mcmc.Resume(McmcModels.Bounded, part.State!));
        Assert.Equal((9UL, 2, 50, 30, 2), (part.State!.Seed, part.State.Chains, part.State.Warmup, part.State.DrawsPerChain, part.State.Thinning));
        Assert.IsType<Nuts>(part.State.Sampler);
    }

    [Fact]
    public void A_complete_run_can_be_made_longer()
    {
        McmcResult whole = Run(Schools, All["diagonal"], draws: 90), first = Run(Schools, All["diagonal"], draws: 30);
        Assert.True(first.IsComplete);
        Same(whole, Mcmc.Resume(Schools, first.State!, draws: 90));
        Same(first, Mcmc.Resume(Schools, first.State!));
        Assert.Contains("30 draws", Assert.Throws<ArgumentOutOfRangeException>(() => Mcmc.Resume(Schools, first.State!, draws: 29)).Message);
    }

    [Fact]
    public void Failures_of_the_model_are_counted_on()
    {
        static void Model()
        {
            Tensor x = Sample("x", new Normal(0, 1));
            Factor("edge", (x - 0.1).Log());
        }

        Potential potential = Potential.Of(Model, 1);
        McmcResult whole = Run(potential, new RandomWalk(2));
        Assert.NotEmpty(whole.Failures);
        McmcResult part = RunUntil(50, (progress, token) => Run(potential, new RandomWalk(2), progress, token));
        part.State!.Save(Path.Combine(folder, "walk"));
        Assert.Equal(whole.Failures, Mcmc.Resume(potential, McmcState.Load(Path.Combine(folder, "walk"))).Failures);
    }

    [Fact]
    public void A_state_of_another_model_is_refused_with_the_names_that_differ()
    {
        McmcResult part = Run(Schools, All["diagonal"]);
        static void Other()
        {
            Tensor mu = Sample("mu", new Normal(0, 5));
            Sample("tau", new Normal(Tensor.Zeros(2), 1).ToEvent(1));
            Sample("w", new Normal(mu, 1));
        }

        string message = Assert.Throws<ArgumentException>(() => Mcmc.Resume(Other, part.State!)).Message;
        Assert.Contains("only in the file: theta, z", message);
        Assert.Contains("only in this model: w", message);
        Assert.Contains("tau (here latent [2]", message);
    }

    [Fact]
    public void A_state_of_other_data_is_refused()
    {
        static Action Model(double y) => () => Sample("y", new Normal(Sample("x", new Normal(0, 1)), 1), observed: y);
        McmcResult part = Mcmc.Run(Model(1), warmup: 20, draws: 10);
        string message = Assert.Throws<ArgumentException>(() => Mcmc.Resume(Model(2), part.State!, draws: 20)).Message;
        Assert.Contains("The model or its data have changed", message);
    }

    [Fact]
    public void Damaged_states_are_refused_as_invalid_data()
    {
        string path = Path.Combine(folder, "whole"), damaged = Path.Combine(folder, "damaged");
        RunUntil(70, (progress, token) => Run(Schools, All["blocks"], progress, token)).State!.Save(path);
        byte[] whole = File.ReadAllBytes(path);
        Random dice = new(5);
        int refused = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            byte[] bytes = trial % 4 == 0 ? whole[..dice.Next(whole.Length)] : [.. whole];
            for (int i = 0; i < dice.Next(1, 4) && bytes.Length > 0; i++)
            {
                // Most damage goes into the header, where it can do harm.
                bytes[dice.Next(Math.Min(bytes.Length, 6000))] = (byte)dice.Next(256);
            }
            File.WriteAllBytes(damaged, bytes);
            try
            {
                Mcmc.Resume(Schools, McmcState.Load(damaged));
            }
            catch (Exception refusal) when (refusal is InvalidDataException or ArgumentException { InnerException: InvalidDataException })
            {
                refused++;
            }
        }
        Assert.InRange(refused, 200, 400);
        SafeTensors.Save(damaged, [KeyValuePair.Create("w", Tensor.Ones(2))]);
        Assert.Contains("pyrite.mcmc", Assert.Throws<InvalidDataException>(() => McmcState.Load(damaged)).Message);
    }

    private static double[,] Correlated()
    {
        double[,] covariance = new double[10, 10];
        for (int i = 0; i < 10; i++)
        {
            for (int j = 0; j < 10; j++)
            {
                covariance[i, j] = Math.Pow(0.5, Math.Abs(i - j));
            }
        }
        return covariance;
    }

    private static McmcResult Run(Potential potential, Sampler sampler, IProgress<McmcProgress>? progress = null, CancellationToken token = default,
        int chains = 2, int draws = Kept) =>
        Mcmc.Run(potential, sampler, chains, Warmup, draws, seed: 4, progress, token);

    /// <summary>Stops a run when some chain has made so many transitions.</summary>
    private static McmcResult RunUntil(int transitions, Func<IProgress<McmcProgress>, CancellationToken, McmcResult> run)
    {
        using CancellationTokenSource source = new();
        return run(new Stop(progress =>
        {
            if (progress.Transitions >= transitions)
            {
                source.Cancel();
            }
        }), source.Token);
    }

    private static void Same(McmcResult expected, McmcResult found)
    {
        Assert.Equal(expected.Draws.Names, found.Draws.Names);
        foreach ((Draws left, Draws right) in (ReadOnlySpan<(Draws, Draws)>)[(expected.Draws, found.Draws), (expected.Statistics, found.Statistics)])
        {
            foreach (string name in left.Names)
            {
                Assert.Equal(left[name].Shape, right[name].Shape);
                Assert.Equal(left.Variable(name).Dimensions, right.Variable(name).Dimensions);
                Assert.Equal(left.Variable(name).Values, right.Variable(name).Values);
            }
        }
        Assert.Equal(expected.StepSizes, found.StepSizes);
        Assert.Equal(expected.Metrics.SelectMany(metric => metric.Variances), found.Metrics.SelectMany(metric => metric.Variances));
        Assert.Equal(expected.IsComplete, found.IsComplete);
        Assert.Equal(expected.MaximumTreeDepth, found.MaximumTreeDepth);
    }

    private sealed class Stop(Action<McmcProgress> told) : IProgress<McmcProgress>
    {
        public void Report(McmcProgress value) => told(value);
    }
}
