namespace Pyrite;

/// <summary>A posterior sample: draws by name, what the sampler reported, and summaries and plots of them.</summary>
public sealed class McmcResult
{
    internal McmcResult(Draws draws, Draws statistics, IReadOnlyList<PotentialFailure> failures, IReadOnlyList<double> stepSizes, IReadOnlyList<Metric> metrics, int? maximumTreeDepth)
    {
        Draws = draws;
        Statistics = statistics;
        Failures = failures;
        StepSizes = stepSizes;
        Metrics = metrics;
        MaximumTreeDepth = maximumTreeDepth;
    }

    /// <summary>The draws of latent and deterministic sites, [chains, draws, …].</summary>
    public Draws Draws { get; }

    /// <summary>What the sampler reported for each draw, under the names of <see cref="SamplerColumns"/>.</summary>
    public Draws Statistics { get; }

    /// <summary>At which proposed points the model could not be computed, by place, over all chains and warm-up.</summary>
    public IReadOnlyList<PotentialFailure> Failures { get; }

    /// <summary>The step size of each chain after warm-up; empty for samplers without one.</summary>
    public IReadOnlyList<double> StepSizes { get; }

    /// <summary>The metric of each chain after warm-up; empty for samplers without one.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The tree depth at which trajectories were stopped; null for samplers without trees.</summary>
    public int? MaximumTreeDepth { get; }

    /// <summary>How many draws came from divergent transitions.</summary>
    public int Divergences => Statistics.Scalar(SamplerColumns.Divergent).Count(divergent => divergent > 0);

    /// <summary>Pictures of the draws.</summary>
    public DrawsPlots Plots => new(Draws, Statistics);

    /// <summary>The draws of a site, [chains, draws, …].</summary>
    /// <param name="name">The site's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such site; the message names the nearest one.</exception>
    public Tensor this[string name] => Draws[name];

    /// <summary>A table with one row for each number: means, quantiles, diagnostics; below it advice where the draws should not be trusted.</summary>
    /// <param name="options">Columns and limits; null for the usual ones.</param>
    public Summary Summary(SummaryOptions? options = null)
    {
        options ??= new SummaryOptions();
        return Pyrite.Summary.Of(Draws, Statistics, options with { MaximumTreeDepth = options.MaximumTreeDepth ?? MaximumTreeDepth });
    }
}
