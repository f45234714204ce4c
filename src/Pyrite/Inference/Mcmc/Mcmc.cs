using Pyrite.Inference.Mcmc;
using Pyrite.Kernels;

namespace Pyrite;

/// <summary>Markov chain Monte Carlo: draws from the posterior of a model.</summary>
public static class Mcmc
{
    /// <summary>Runs several chains, side by side on the engine's threads.</summary>
    /// <param name="model">The model: a pure function of its latent sites, all of them continuous.</param>
    /// <param name="sampler">How to walk; <see cref="Nuts"/> if not given.</param>
    /// <param name="chains">How many chains.</param>
    /// <param name="warmup">Transitions of each chain that adapt the sampler and are not kept.</param>
    /// <param name="draws">Draws that are kept of each chain.</param>
    /// <param name="seed">Decides all randomness: the same seed gives the same bits at any number of threads.</param>
    /// <param name="progress">Told about each chain now and then, from the thread that runs it.</param>
    /// <param name="cancellation">Stops all chains.</param>
    /// <param name="thinning">Transitions for each draw that is kept.</param>
    /// <param name="start">Where chains begin; uniform from -2 to 2 if not given.</param>
    /// <exception cref="ModelException">The model is wrong, or no finite start was found.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static McmcResult Run(
        Action model, Sampler? sampler = null, int chains = 4, int warmup = 1000, int draws = 1000, ulong seed = 0,
        IProgress<McmcProgress>? progress = null, CancellationToken cancellation = default, int thinning = 1, InitialValues? start = null) =>
        Run(Potential.Of(model, seed), sampler, chains, warmup, draws, seed, progress, cancellation, thinning, start);

    /// <summary>Runs several chains on a potential.</summary>
    /// <param name="potential">What to sample from.</param>
    /// <param name="sampler">How to walk; <see cref="Nuts"/> if not given.</param>
    /// <param name="chains">How many chains.</param>
    /// <param name="warmup">Transitions of each chain that adapt the sampler and are not kept.</param>
    /// <param name="draws">Draws that are kept of each chain.</param>
    /// <param name="seed">Decides all randomness.</param>
    /// <param name="progress">Told about each chain now and then, from the thread that runs it.</param>
    /// <param name="cancellation">Stops all chains.</param>
    /// <param name="thinning">Transitions for each draw that is kept.</param>
    /// <param name="start">Where chains begin; uniform from -2 to 2 if not given.</param>
    /// <exception cref="ModelException">No finite start was found.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static McmcResult Run(
        Potential potential, Sampler? sampler = null, int chains = 4, int warmup = 1000, int draws = 1000, ulong seed = 0,
        IProgress<McmcProgress>? progress = null, CancellationToken cancellation = default, int thinning = 1, InitialValues? start = null)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(warmup);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(thinning, 1);
        sampler ??= new Nuts();
        ChainRun[] runs = new ChainRun[chains];
        DrawsTable table = new(potential.Quantities, chains, draws);
        for (int chain = 0; chain < chains; chain++)
        {
            runs[chain] = new ChainRun(chain, potential.Fork(), sampler, start ?? InitialValues.Uniform, RandomKey.FromSeed(seed).Child("mcmc").Child(chain), table, warmup, thinning, progress, cancellation);
        }
        Body body = new(runs);
        WorkerPool.For(chains, ref body);
        bool isHamiltonian = sampler is HamiltonianSampler;
        return new McmcResult(
            table.Draws(), table.Statistics(), Merge(runs.SelectMany(run => run.Potential.Failures)),
            isHamiltonian ? [.. runs.Select(run => HamiltonianSampler.StepSizeOf(run.State!))] : [],
            isHamiltonian ? [.. runs.Select(run => HamiltonianSampler.MetricOf(run.State!))] : [],
            (sampler as Nuts)?.MaximumTreeDepth);
    }

    private static PotentialFailure[] Merge(IEnumerable<PotentialFailure> failures) =>
        [.. failures.GroupBy(failure => failure.Place).Select(group => group.First() with { Count = group.Sum(failure => failure.Count) })];

    private readonly struct Body(ChainRun[] runs) : IParallelBody
    {
        public void Run(int index) => runs[index].Run();
    }
}
