using Pyrite.Inference.Potentials;
using Pyrite.Inference.Runs;


namespace Pyrite;

/// <summary>A posterior sample: draws by name, what the sampler reported, and summaries of them.</summary>
/// <remarks>
/// A run that was cancelled keeps the chains and draws that make a rectangle with as many draws as possible;
/// <see cref="Mcmc.Resume(Action, McmcState, int?, IProgress{McmcProgress}?, CancellationToken, Sampler?, ProcessGroup?)"/> makes the rest. Draws
/// that were written to files are read when they are first asked for.
/// </remarks>
public sealed class McmcResult
{
    private readonly Lazy<SampledDraws?> sampled;
    private DiscreteDraws? discrete;

    internal McmcResult(McmcSettings settings, Func<SampledDraws?> read, IReadOnlyList<PotentialFailure> failures)
    {
        Settings = settings;
        sampled = new Lazy<SampledDraws?>(read);
        Failures = failures;
    }

    /// <summary>The draws of latent and deterministic sites, [chains, draws, …].</summary>
    /// <exception cref="InvalidOperationException">The run was cancelled before the first draw.</exception>
    /// <exception cref="InvalidDataException">The draws are in files, which are damaged.</exception>
    public Draws Draws => Sampled.Draws;

    /// <summary>What the sampler reported for each draw, under the names of <see cref="SamplerColumns"/>.</summary>
    /// <exception cref="InvalidOperationException">The run was cancelled before the first draw.</exception>
    /// <exception cref="InvalidDataException">The draws are in files, which are damaged.</exception>
    public Draws Statistics => Sampled.Statistics;

    /// <summary>Whether all chains have all draws; false for a run that was cancelled or killed.</summary>
    public bool IsComplete { get; internal init; }

    /// <summary>Whether there are draws at all; false for a run that was cancelled before the first one.</summary>
    public bool HasDraws => sampled.Value is not null;

    /// <summary>What a later run needs to go on, or to make more draws; null where the run wrote files, which hold it.</summary>
    public McmcState? State { get; internal init; }

    /// <summary>At which proposed points the model could not be computed, by place, over all chains and warm-up.</summary>
    public IReadOnlyList<PotentialFailure> Failures { get; }

    /// <summary>The step size of each chain after warm-up; empty for samplers without one.</summary>
    public IReadOnlyList<double> StepSizes { get; internal init; } = [];

    /// <summary>The metric of each chain after warm-up; empty for samplers without one.</summary>
    public IReadOnlyList<Metric> Metrics { get; internal init; } = [];

    /// <summary>The tree depth at which trajectories were stopped; null for samplers without trees.</summary>
    public int? MaximumTreeDepth => (Settings.Sampler as Nuts)?.MaximumTreeDepth;

    /// <summary>Sentences about the run itself, which the advice of its summary repeats; empty where there is nothing to say, and for a run that was
    /// loaded.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>The discrete sites that were summed out, and what it costs; null where there were none, and for a run that was loaded.</summary>
    public EnumerationPlan? SummedOut { get; internal init; }

    /// <summary>The posterior of the discrete sites that were summed out, given the data of the run; with other data it is
    /// <see cref="Pyrite.Discrete.Infer(Action, Draws, ParamStore?)"/>.</summary>
    /// <exception cref="InvalidOperationException">None was summed out, or the run was loaded and does not know its model.</exception>
    public DiscreteDraws Discrete => discrete ??= SummedOut is not null && Model is not null
        ? Pyrite.Discrete.Infer(Model, Draws.Select(Continuous))
        : throw new InvalidOperationException("The run knows of no discrete sites that were summed out. Of a run that was loaded, ask "
            + "Discrete.Infer(model, result.Draws).");

    /// <summary>How many draws came from divergent transitions.</summary>
    public int Divergences => Statistics.Scalar(SamplerColumns.Divergent).Count(divergent => divergent > 0);

    internal McmcSettings Settings { get; }

    internal Action? Model { get; init; }

    internal string[] Continuous { get; init; } = [];

    private SampledDraws Sampled => sampled.Value
        ?? throw new InvalidOperationException(
            "The run was cancelled before the first draw, so there are none. Resume it: Mcmc.Resume(model, result.State), or with its files.");

    /// <summary>The draws of a site, [chains, draws, …].</summary>
    /// <param name="name">The site's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such site; the message names the nearest one.</exception>
    public Tensor this[string name] => Draws[name];

    /// <summary>The draws of entries by their names, <c>posterior.At("theta", "Choate")</c>, without the axes that they were found on.</summary>
    /// <param name="name">The site's name.</param>
    /// <param name="entries">The name of an entry; of an array with several named axes, further names for further axes.</param>
    /// <exception cref="KeyNotFoundException">There is no such site or entry; the message says what there is.</exception>
    public Tensor At(string name, params ReadOnlySpan<string> entries) => Draws.At(name, entries);

    /// <summary>Reads what a run has written, complete or not: it may still be going on, or have been killed.</summary>
    /// <param name="path">The path of its <see cref="ChainFiles"/>.</param>
    /// <param name="limits">What is too large; null for the usual limits.</param>
    /// <exception cref="InvalidDataException">A file is damaged or larger than the limits, or files are of different runs.</exception>
    /// <exception cref="FileNotFoundException">A chain has no files.</exception>
    public static McmcResult Load(string path, CmdStanLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SavedRun saved = ChainFiles.Load(path);
        bool isHamiltonian = saved.Settings.Sampler is HamiltonianSampler;
        int dimension = saved.Chains[0].Numbers.TryGetValue("position", out double[]? position) ? position.Length : 0;
        return new McmcResult(saved.Settings, () => ChainFileReader.Read(path, saved.Settings.Chains, saved.Quantities, limits),
            PotentialFailure.Merge(saved.Chains.SelectMany(chain => chain.Failures)))
        {
            IsComplete = saved.IsComplete,
            Notes = RunMessages.Merge(saved.Chains.SelectMany(chain => chain.Notes)),
            StepSizes = isHamiltonian ? [.. saved.Chains.Select(chain => chain.Read().Take("step_size", 1)[0])] : [],
            Metrics = isHamiltonian ? [.. saved.Chains.Select(chain => Metric.Read(chain.Read(), dimension))] : [],
        };
    }

    /// <summary>Writes draws and statistics as CmdStan does, one file per chain; <see cref="CmdStanCsv.Load(string, CmdStanLimits)"/> reads
    /// them.</summary>
    /// <param name="path">Folder and beginning of the names; the folder must exist, files are replaced as a set.</param>
    /// <param name="model">What the comments call the model.</param>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="ArgumentException">The name of a site cannot stand in a header.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public IReadOnlyList<string> SaveCsv(string path, string model = "model") => CmdStanCsv.Save(path, Draws, Statistics, Settings.Described() with
    {
        Model = model,
        Adaptations = [.. StepSizes.Zip(Metrics, (stepSize, metric) => new CmdStanAdaptation(stepSize, metric))],
    });

    /// <summary>Writes draws and statistics as one archive of arrays [chains, draws, …] by name, which NumPy reads, and
    /// <see cref="DrawsNpz.Load"/>.</summary>
    /// <param name="path">The file; replaced as a whole or not at all.</param>
    /// <param name="compress">Whether the arrays are deflated.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public void SaveNpz(string path, bool compress = false) => DrawsNpz.Save(path, Draws, Statistics, compress);

    /// <summary>A table with one row for each number: means, quantiles, diagnostics; below it advice where the draws should not be trusted.</summary>
    /// <param name="options">Columns and limits; null for the usual ones.</param>
    public Summary Summary(SummaryOptions? options = null)
    {
        options ??= new SummaryOptions();
        return Pyrite.Summary.Of(Draws, Statistics,
            options with { MaximumTreeDepth = options.MaximumTreeDepth ?? MaximumTreeDepth, Notes = [.. options.Notes, .. Notes] });
    }
}
