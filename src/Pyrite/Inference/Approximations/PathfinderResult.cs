using Pyrite.Inference.Approximations;

namespace Pyrite;

/// <summary>What <see cref="Pathfinder"/> found.</summary>
public sealed class PathfinderResult
{
    private readonly double[][] points;

    internal PathfinderResult(Potential potential, double[][] points, ParetoSmoothing smoothing, double logEvidence,
        IReadOnlyList<PathfinderPath> paths)
    {
        this.points = points;
        (Smoothing, LogEvidence, Paths) = (smoothing, logEvidence, paths);
        Draws = PointDraws.Of(potential, points, chains: 0);
        Failures = potential.Failures;
    }

    /// <summary>The draws, resampled by their smoothed weights, [draws, …]; one may come several times.</summary>
    public Draws Draws { get; }

    /// <summary>The values of one quantity, [draws, …].</summary>
    /// <param name="name">The name of its site.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Tensor this[string name] => Draws[name];

    /// <summary>The weights of all draws of all paths before resampling.</summary>
    public ParetoSmoothing Smoothing { get; }

    /// <summary>The shape of the weights' tail: above <see cref="ParetoSmoothing.Threshold"/>, 0.7 for 1,000 draws or more, the draws are not those
    /// of
    /// the posterior.</summary>
    public double ParetoK => Smoothing.K;

    /// <summary>Whether averages over the draws can be trusted.</summary>
    public bool IsReliable => Smoothing.IsReliable;

    /// <summary>The estimate of the logarithm of the evidence by the raw weights; as good as <see cref="ParetoK"/> says.</summary>
    public double LogEvidence { get; }

    /// <summary>What each path did.</summary>
    public IReadOnlyList<PathfinderPath> Paths { get; }

    /// <summary>At which points the model could not be computed.</summary>
    public IReadOnlyList<PotentialFailure> Failures { get; }

    /// <summary>Starts of chains: draws of this result, another one for each chain.</summary>
    /// <returns>What <c>start:</c> of <see cref="Mcmc"/> takes, which takes the result itself too.</returns>
    public InitialValues ToInitialValues() => InitialValues.AtPoints(points);

    /// <summary>Starts of chains: <see cref="ToInitialValues"/>.</summary>
    /// <param name="result">The result.</param>
    public static implicit operator InitialValues(PathfinderResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.ToInitialValues();
    }

    /// <summary>A table of means, deviations and quantiles, with what is to be said of the draws.</summary>
    /// <param name="options">What the table shows.</param>
    public Summary Summary(SummaryOptions? options = null)
    {
        options ??= new SummaryOptions();
        return Draws.Summary(options with { Notes = [.. options.Notes, .. Advice] });
    }

    /// <summary>What is to be said of the draws, one sentence each; empty where nothing speaks against them.</summary>
    public IReadOnlyList<string> Advice
    {
        get
        {
            List<string> advice = [];
            if (!IsReliable)
            {
                double limit = ParetoSmoothing.Threshold(Smoothing.LogWeights.Count);
                advice.Add(FormattableString.Invariant($"Pareto k is {ParetoK:0.00}, above {limit:0.00}: ")
                    + "these draws are not those of the posterior. Take them as starts, Mcmc.Run(model, start: result).");
            }
            int failed = Paths.Count(path => path.Status == PathStatus.Failed);
            if (failed > 0)
            {
                advice.Add(FormattableString.Invariant($"{failed} of {Paths.Count} paths failed. The first: ")
                    + Paths.First(path => path.Status == PathStatus.Failed).Message);
            }
            return advice;
        }
    }
}
