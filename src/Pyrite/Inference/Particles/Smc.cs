using Pyrite.Inference.Approximations;
using Pyrite.Inference.Particles;

namespace Pyrite;

/// <summary>Sequential Monte Carlo from the prior to the posterior, by powers of the likelihood: several modes, and the evidence with its
/// error.</summary>
/// <remarks>Del Moral, Doucet and Jasra, "Sequential Monte Carlo samplers" (2006), with adaptive temperatures (<see cref="Tempering"/>). Latent
/// sites are
/// the prior, observed sites and factors the likelihood. Populations are independent of each other: their spread gives the error of the evidence, and
/// they are the chains of the draws.</remarks>
public sealed record Smc
{
    /// <summary>The particles of each population.</summary>
    public int Particles { get; init; } = 1_000;

    /// <summary>How many populations run side by side, at least 2 for an error of the evidence.</summary>
    public int Runs { get; init; } = 4;

    /// <summary>To which fraction the effective number of particles may fall from one temperature to the next, between 0 and 1.</summary>
    public double EssFraction { get; init; } = 0.5;

    /// <summary>How particles move at each temperature.</summary>
    public ParticleMoves Moves { get; init; } = new HamiltonianMoves();

    /// <summary>How particles are chosen by their weights.</summary>
    public ResamplingScheme Scheme { get; init; } = ResamplingScheme.Systematic;

    /// <summary>Particles move until their mean correlation with where they were is this small, or falls no further.</summary>
    public double Correlation { get; init; } = 0.1;

    /// <summary>The most moves of each particle at one temperature.</summary>
    public int MaxSweeps { get; init; } = 100;

    /// <summary>The most temperatures; a run that needs more is refused, not cut.</summary>
    public int MaxStages { get; init; } = 500;

    /// <summary>Runs on a model.</summary>
    /// <param name="model">The model: a pure function of its latent sites, with proper priors; discrete sites are summed out.</param>
    /// <param name="settings">The settings; the defaults if not given.</param>
    /// <param name="seed">Decides all randomness: the same seed gives the same bits at any number of threads.</param>
    /// <param name="cancellation">Ends the run without a result.</param>
    /// <exception cref="ModelException">The model is wrong, a prior cannot be drawn from, or the data are impossible under all draws.</exception>
    /// <exception cref="InvalidOperationException">A population needs more than <see cref="MaxStages"/> temperatures.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static SmcResult Run(Action model, Smc? settings = null, ulong seed = 0, CancellationToken cancellation = default)
    {
        settings ??= new Smc();
        settings.Check();
        TemperedDensity density = TemperedDensity.Of(model, seed);
        RandomKey key = RandomKey.FromSeed(seed).Child("smc");
        SmcRun[] runs = [.. Enumerable.Range(0, settings.Runs).Select(run => new SmcRun(density.Fork(), settings, key.Child(run)))];
        Workers.For(runs.Length, run => runs[run].Run(cancellation));
        if (Array.Find(runs, run => !run.IsComplete) is { } cut)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Sequential Monte Carlo came to temperature {cut.Stages[^1].Temperature:G3} in {settings.MaxStages} stages. ")
                + "The likelihood is too sharp for these particles: take more of them, a smaller EssFraction, or more MaxStages.");
        }
        return new SmcResult(PointDraws.Of(density.Whole, [.. runs.SelectMany(run => run.Points)], settings.Runs), runs, settings,
            density.Whole.Failures);
    }

    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);

    private void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Particles, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(Runs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSweeps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStages, 1);
        ArgumentNullException.ThrowIfNull(Moves);
        if (!(EssFraction > 0 && EssFraction < 1) || !(Correlation > 0 && Correlation < 1))
        {
            throw new ArgumentException($"EssFraction and Correlation are between 0 and 1; found {EssFraction} and {Correlation}.");
        }
    }
}
