using Pyrite.Inference.Objectives;

namespace Pyrite;

/// <summary>An objective of variational inference: a loss whose expected value bounds minus the log evidence from above.</summary>
/// <remarks>Derive from it for an objective of your own, or from <see cref="AveragedElbo"/> for one that is a mean over runs; what is a function of
/// two traces alone is a <see cref="CustomElbo"/>.</remarks>
public abstract class Elbo
{
    /// <summary>An objective that looks at several runs of model and guide.</summary>
    /// <param name="particles">How many runs; at least 1.</param>
    protected Elbo(int particles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(particles, 1);
        Particles = particles;
    }

    /// <summary>How many runs of model and guide a step makes.</summary>
    public int Particles { get; }

    /// <summary>The weight of the latent sites' terms, log q(z) - log p(z), at a step counted from 0: annealing; 1 if not given.</summary>
    /// <remarks>The loss becomes weight · (log q(z) - log p(z)) - log p(x | z), as in Bowman et al., "Generating sentences from a continuous space",
    /// 2016.</remarks>
    public Func<long, double>? KlWeight { get; init; }

    /// <summary>Whether discrete sites have all their values at once instead of being drawn.</summary>
    internal virtual bool SumsDiscreteSites => false;

    /// <summary>Makes the objective of one step from its runs.</summary>
    /// <param name="step">The runs of guide and model.</param>
    /// <returns>The loss, and a scalar whose gradient is that of the expected loss.</returns>
    protected internal abstract ElboTerm Evaluate(ElboStep step);

    /// <summary>The weight of latent terms in a step.</summary>
    /// <param name="step">The step.</param>
    /// <exception cref="InvalidOperationException">The weight is negative or not finite.</exception>
    protected double KlWeightAt(ElboStep step)
    {
        double weight = KlWeight?.Invoke(step.Index) ?? 1;
        return weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new InvalidOperationException(
                $"{GetType().Name}.KlWeight gave {weight} for step {step.Index}; a weight is finite and at least 0.");
    }

    /// <summary>The part of the gradient that does not flow through draws, for objectives whose loss is log q(z) - log p(x, z).</summary>
    /// <remarks>Add it to the loss to make the surrogate. It uses the baselines of the sites' options.</remarks>
    /// <param name="step">The step.</param>
    /// <param name="run">One of its runs.</param>
    /// <param name="klWeight">The weight of the latent sites' terms.</param>
    /// <returns>A scalar whose gradient is that part; null where all draws are reparameterized.</returns>
    protected static Tensor? ScoreTerm(ElboStep step, ElboRun run, double klWeight = 1)
    {
        ArgumentNullException.ThrowIfNull(step);
        return ScoreFunction.Surrogate(step, run, klWeight, dependencies: null);
    }
}
