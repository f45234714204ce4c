using Pyrite.Inference.Objectives;


namespace Pyrite;

/// <summary>What an objective sees of one step: the runs of guide and model, and what belongs to the inference.</summary>
public sealed class ElboStep
{
    private readonly IStepSource source;
    private readonly List<ElboRun> runs = [];
    private IndependentParts? parts;

    internal ElboStep(IStepSource source, BaselineStore baselines)
    {
        this.source = source;
        Baselines = baselines;
    }

    /// <summary>How many steps came before.</summary>
    public long Index { get; private set; }

    /// <summary>The runs, one for each particle.</summary>
    public IReadOnlyList<ElboRun> Runs => runs;

    /// <summary>What the baselines of sites have learnt.</summary>
    internal BaselineStore Baselines { get; }

    /// <summary>Empties the step for the next one.</summary>
    internal void Begin(long index)
    {
        Index = index;
        runs.Clear();
        Baselines.Begin();
    }

    /// <summary>Adds a run.</summary>
    internal void Add(ElboRun run) => runs.Add(run);

    /// <summary>The guide's run once more, with the same draws, but with its parameters as constants: gradients flow through the draws
    /// alone.</summary>
    /// <param name="run">One of the runs.</param>
    public Trace WithoutParameters(ElboRun run) => source.GuideWithoutParameters(run);

    /// <summary>What is independent of each other in model and guide.</summary>
    internal IndependentParts Parts() => parts = IndependentParts.Of(this, parts);

    /// <summary>The sites that directly depend on a site, in model and guide.</summary>
    internal SiteDependencies Dependencies(ElboRun run) => source.Dependencies(run);
}
