using Pyrite.Inference.Potentials;
using Pyrite.Inference.Runs;
using Pyrite.Language;


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
    /// <param name="progress">Told about each chain now and then, and at its end, from the thread that runs it.</param>
    /// <param name="cancellation">Stops all chains after their present transition; what was drawn is kept, and the run can be resumed.</param>
    /// <param name="thinning">Transitions for each draw that is kept.</param>
    /// <param name="start">Where chains begin; uniform from -2 to 2 if not given.</param>
    /// <param name="files">Where draws are written while sampling, instead of being kept in memory; for several processes in a folder that they
    /// share.</param>
    /// <param name="group">Processes that share the chains: each runs a range of them with the keys that they have in one process, and all get the
    /// whole result, the same bits. This process alone if not given.</param>
    /// <exception cref="ModelException">The model is wrong, or no finite start was found.</exception>
    /// <exception cref="IOException">The files cannot be written, or would overwrite those of another run.</exception>
    public static McmcResult Run(
        Action model, Sampler? sampler = null, int chains = 4, int warmup = 1000, int draws = 1000, ulong seed = 0,
        IProgress<McmcProgress>? progress = null, CancellationToken cancellation = default, int thinning = 1, InitialValues? start = null,
            ChainFiles? files = null, ProcessGroup? group = null)
    {
        McmcSettings settings = new McmcSettings(sampler ?? new Nuts(), chains, warmup, draws, seed, thinning).Check();
        InitialValues first = start ?? InitialValues.Uniform;
        return Begin(
            () => Potential.Of(model, seed, first.Given, (sites, _) => first.Choose(sites, 0, settings.StartKeyOf(0))),
            settings, progress, cancellation, first, files, group);
    }

    /// <summary>Runs several chains on a potential.</summary>
    /// <param name="potential">What to sample from.</param>
    /// <param name="sampler">How to walk; <see cref="Nuts"/> if not given.</param>
    /// <param name="chains">How many chains.</param>
    /// <param name="warmup">Transitions of each chain that adapt the sampler and are not kept.</param>
    /// <param name="draws">Draws that are kept of each chain.</param>
    /// <param name="seed">Decides all randomness.</param>
    /// <param name="progress">Told about each chain now and then, and at its end, from the thread that runs it.</param>
    /// <param name="cancellation">Stops all chains after their present transition; what was drawn is kept, and the run can be resumed.</param>
    /// <param name="thinning">Transitions for each draw that is kept.</param>
    /// <param name="start">Where chains begin; uniform from -2 to 2 if not given.</param>
    /// <param name="files">Where draws are written while sampling, instead of being kept in memory; for several processes in a folder that they
    /// share.</param>
    /// <param name="group">Processes that share the chains: each runs a range of them with the keys that they have in one process, and all get the
    /// whole result, the same bits. This process alone if not given.</param>
    /// <exception cref="ModelException">No finite start was found.</exception>
    /// <exception cref="IOException">The files cannot be written, or would overwrite those of another run.</exception>
    public static McmcResult Run(
        Potential potential, Sampler? sampler = null, int chains = 4, int warmup = 1000, int draws = 1000, ulong seed = 0,
        IProgress<McmcProgress>? progress = null, CancellationToken cancellation = default, int thinning = 1, InitialValues? start = null,
            ChainFiles? files = null, ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(potential);
        McmcSettings settings = new McmcSettings(sampler ?? new Nuts(), chains, warmup, draws, seed, thinning).Check();
        return Begin(() => potential, settings, progress, cancellation, start ?? InitialValues.Uniform, files, group);
    }

    /// <summary>Takes up a run that was stopped: the draws are those, bit for bit, that it would have given without the stop.</summary>
    /// <param name="model">The model of the run.</param>
    /// <param name="state">Where it stopped, in memory or read from a file; not changed.</param>
    /// <param name="draws">Draws of each chain in the end, those before included; as first asked for if not given. With more, a complete run goes on
    /// too.</param>
    /// <param name="progress">Told about each chain now and then, and at its end, from the thread that runs it.</param>
    /// <param name="cancellation">Stops all chains after their present transition; the run can be resumed again.</param>
    /// <param name="sampler">The sampler of the run; needed where it was read from a file and is not the library's, or has parts that are
    /// not.</param>
    /// <param name="group">Processes that share the chains: each runs a range of them with the keys that they have in one process, and all get the
    /// whole result, the same bits. This process alone if not given.</param>
    /// <exception cref="ArgumentException">The state is of another model or other data: the message lists the names that differ.</exception>
    public static McmcResult Resume(Action model, McmcState state, int? draws = null, IProgress<McmcProgress>? progress = null,
        CancellationToken cancellation = default, Sampler? sampler = null, ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Resume(_ => PotentialOf(model, state.Run), state, draws, progress, cancellation, sampler, group);
    }

    /// <inheritdoc cref="Resume(Action, McmcState, int?, IProgress{McmcProgress}?, CancellationToken, Sampler?, ProcessGroup?)"
    /// path="*[not(self::param)]"/>
    /// <param name="potential">What the run sampled from.</param>
    /// <param name="state">Where it stopped; not changed.</param>
    /// <param name="draws">Draws of each chain in the end; as first asked for if not given.</param>
    /// <param name="progress">Told about each chain now and then.</param>
    /// <param name="cancellation">Stops all chains after their present transition.</param>
    /// <param name="sampler">The sampler of the run; needed where it was read from a file and is not the library's, or has parts that are
    /// not.</param>
    /// <param name="group">Processes that share the chains: each runs a range of them with the keys that they have in one process, and all get the
    /// whole result, the same bits. This process alone if not given.</param>
    public static McmcResult Resume(Potential potential, McmcState state, int? draws = null, IProgress<McmcProgress>? progress = null,
        CancellationToken cancellation = default, Sampler? sampler = null, ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(state);
        return Resume(_ => potential, state, draws, progress, cancellation, sampler, group);
    }

    /// <summary>Takes up a run that wrote files, whether it was cancelled or its process died: files and draws become those, bit for bit, of a run
    /// without the stop.</summary>
    /// <param name="model">The model of the run.</param>
    /// <param name="files">The files of the run; they grow.</param>
    /// <param name="draws">Draws of each chain in the end, those before included; as first asked for if not given. With more, a complete run goes on
    /// too.</param>
    /// <param name="progress">Told about each chain now and then, and at its end, from the thread that runs it.</param>
    /// <param name="cancellation">Stops all chains after their present transition; the run can be resumed again.</param>
    /// <param name="sampler">The sampler of the run; needed where it was read from a file and is not the library's, or has parts that are
    /// not.</param>
    /// <param name="group">Processes that share the chains: each runs a range of them with the keys that they have in one process, and all get the
    /// whole result, the same bits. This process alone if not given.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or the run is of another model or other data: the message lists the names that
    /// differ.</exception>
    /// <exception cref="FileNotFoundException">A chain has no state.</exception>
    public static McmcResult Resume(Action model, ChainFiles files, int? draws = null, IProgress<McmcProgress>? progress = null,
        CancellationToken cancellation = default, Sampler? sampler = null, ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        SynchronousModel.Require(model);
        return Resume(saved => PotentialOf(model, saved), files, draws, progress, cancellation, sampler, group);
    }

    /// <inheritdoc cref="Resume(Action, ChainFiles, int?, IProgress{McmcProgress}?, CancellationToken, Sampler?, ProcessGroup?)"
    /// path="*[not(self::param)]"/>
    /// <param name="potential">What the run sampled from.</param>
    /// <param name="files">The files of the run; they grow.</param>
    /// <param name="draws">Draws of each chain in the end; as first asked for if not given.</param>
    /// <param name="progress">Told about each chain now and then.</param>
    /// <param name="cancellation">Stops all chains after their present transition.</param>
    /// <param name="sampler">The sampler of the run; needed where it was read from a file and is not the library's, or has parts that are
    /// not.</param>
    /// <param name="group">Processes that share the chains: each runs a range of them with the keys that they have in one process, and all get the
    /// whole result, the same bits. This process alone if not given.</param>
    public static McmcResult Resume(Potential potential, ChainFiles files, int? draws = null, IProgress<McmcProgress>? progress = null,
        CancellationToken cancellation = default, Sampler? sampler = null, ProcessGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(potential);
        ArgumentNullException.ThrowIfNull(files);
        return Resume(_ => potential, files, draws, progress, cancellation, sampler, group);
    }

    private static McmcResult Begin(Func<Potential> potential, McmcSettings settings, IProgress<McmcProgress>? progress,
        CancellationToken cancellation, InitialValues start, ChainFiles? files, ProcessGroup? group) =>
        McmcActivity.Around("pyrite.mcmc.run", activity =>
    {
        Potential density = potential();
        bool isWriter = group is null or { IsFirst: true };
        using ChainFilesLock? alone = files is null || !isWriter ? null : ChainFilesLock.Take(files.Path);
        if (isWriter)
        {
            files?.RequireFree(settings.Chains);
        }
        McmcRun run = new(density, settings, group, progress, cancellation, activity);
        run.Start(start);
        if (isWriter)
        {
            files?.Clear();
        }
        group?.Barrier("the removal of earlier chains");
        return files is null ? run.Run() : run.Run(files, null);
    });

    /// <summary>The potential of a saved run, recorded where its first chain stands: a start need not be found again.</summary>
    private static Potential PotentialOf(Action model, SavedRun saved) => Potential.Of(model, saved.Settings.Seed, null, (potential, key) =>
    {
        saved.RequireModel(potential);
        double[] point = saved.Chains[0].Read().Take("position", potential.Dimension);
        return StartingPoint.IsFinite(potential, point, new double[point.Length])
            ? point
            : throw new InvalidDataException(
                $"This model cannot be computed where the run stood: {string.Join("; ", potential.Failures.Select(failure => failure.Message))}. The "
                    + "model or its data have changed; resume with those of the run, or begin anew.");
    });

    private static McmcResult Resume(Func<SavedRun, Potential> potential, McmcState state, int? draws, IProgress<McmcProgress>? progress,
        CancellationToken cancellation, Sampler? sampler, ProcessGroup? group) => McmcActivity.Around("pyrite.mcmc.resume", activity =>
    {
        McmcRun run;
        try
        {
            SavedRun saved = state.Run.To(draws).With(sampler);
            run = new McmcRun(potential(saved), saved.Settings, group, progress, cancellation, activity);
            run.Restore(saved);
        }
        catch (InvalidDataException mismatch)
        {
            throw new ArgumentException(mismatch.Message, nameof(state), mismatch);
        }
        return run.Run(state.CopyDraws);
    });

    private static McmcResult Resume(Func<SavedRun, Potential> potential, ChainFiles files, int? draws, IProgress<McmcProgress>? progress,
        CancellationToken cancellation, Sampler? sampler, ProcessGroup? group) => McmcActivity.Around("pyrite.mcmc.resume", activity =>
    {
        using ChainFilesLock? alone = group is null or { IsFirst: true } ? ChainFilesLock.Take(files.Path) : null;
        SavedRun saved = ChainFiles.Load(files.Path).To(draws).With(sampler);
        McmcRun run = new(potential(saved), saved.Settings, group, progress, cancellation, activity);
        run.Restore(saved);
        return run.Run(files, saved);
    });
}
