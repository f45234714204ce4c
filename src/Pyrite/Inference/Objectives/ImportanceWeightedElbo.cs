using Pyrite.Inference.Objectives;


namespace Pyrite;

/// <summary>The importance-weighted bound: loss = -log mean(p(x, z) / q(z)) over the runs of a step; the more runs, the tighter.</summary>
/// <remarks>Independent entries of a plate have means of their own, which is tighter (equation 8 is that of one data point): those of plates around
/// all sites that hang together. A latent outside of the plate joins its entries into one mean. Scales and subsampling stand outside of the
/// logarithm, so that the loss stays a bound; see <see cref="AveragedSites"/>. Source: Burda, Grosse and Salakhutdinov, "Importance weighted
/// autoencoders", 2016, equation 8.</remarks>
/// <param name="particles">How many runs of model and guide the bound is made of.</param>
public sealed class ImportanceWeightedElbo(int particles = 8) : Elbo(particles)
{
    private readonly ParticleBound bound = new(alpha: 0);

    /// <summary>The sites of the last step that counted as in the evidence lower bound, because no tighter one holds.</summary>
    /// <remarks>A subsampled plate of data that share a latent outside of it: a subsample inside of the logarithm gives no bound. Or latents with
    /// different scales.</remarks>
    public IReadOnlyList<string> AveragedSites => bound.AveragedSites;

    /// <inheritdoc/>
    protected internal override ElboTerm Evaluate(ElboStep step) => bound.Of(step, KlWeightAt(step));
}
