using Pyrite.Inference.Objectives;


namespace Pyrite;

/// <summary>The variational Rényi bound: loss = -log mean((p(x, z) / q(z))^(1 - alpha)) / (1 - alpha) over the runs of a step.</summary>
/// <remarks>Alpha 0 is the importance-weighted bound; towards 1 it becomes the evidence lower bound, for which use <see cref="TraceElbo"/>; below 0
/// it is an upper bound. Independent entries of a plate have means of their own, and scales and subsampling stand outside of the logarithm, as in
/// <see cref="ImportanceWeightedElbo"/>. Source: Li and Turner, "Rényi divergence variational inference", 2016.</remarks>
public sealed class RenyiElbo : Elbo
{
    private readonly ParticleBound bound;

    /// <summary>A bound of some order.</summary>
    /// <param name="alpha">The order: finite, and not 1.</param>
    /// <param name="particles">How many runs of model and guide the bound is made of; 2 or more, otherwise it is the evidence lower bound.</param>
    public RenyiElbo(double alpha = 0, int particles = 2)
        : base(particles)
    {
        if (!double.IsFinite(alpha) || alpha == 1)
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha,
                "The order of a Rényi bound is finite and not 1. For order 1, the evidence lower bound, use TraceElbo.");
        }
        bound = new ParticleBound(alpha);
    }

    /// <inheritdoc cref="ImportanceWeightedElbo.AveragedSites"/>
    public IReadOnlyList<string> AveragedSites => bound.AveragedSites;

    /// <inheritdoc/>
    protected internal override ElboTerm Evaluate(ElboStep step) => bound.Of(step, KlWeightAt(step));
}
