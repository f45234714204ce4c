using Pyrite.Inference.Variational;

namespace Pyrite;

/// <summary>The importance-weighted bound: loss = -log mean(p(x, z) / q(z)) over the runs of a step; the more runs, the tighter.</summary>
/// <remarks>Source: Burda, Grosse and Salakhutdinov, "Importance weighted autoencoders", 2016, equation 8.</remarks>
/// <param name="particles">How many runs of model and guide the bound is made of.</param>
public sealed class ImportanceWeightedElbo(int particles = 8) : Elbo(particles)
{
    /// <inheritdoc/>
    protected internal override ElboTerm Evaluate(ElboStep step) => ParticleBound.Of(step, alpha: 0, KlWeightAt(step));
}
