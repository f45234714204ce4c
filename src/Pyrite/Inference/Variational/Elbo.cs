namespace Pyrite;

/// <summary>An objective of variational inference: a loss whose expected value bounds minus the log evidence from above.</summary>
public abstract class Elbo
{
    /// <summary>An objective that averages over several runs of model and guide.</summary>
    /// <param name="particles">How many runs; at least 1.</param>
    protected Elbo(int particles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(particles, 1);
        Particles = particles;
    }

    /// <summary>How many runs of model and guide are averaged.</summary>
    public int Particles { get; }

    /// <summary>One term of the objective from one run.</summary>
    /// <param name="model">The model's trace, replayed from the guide's.</param>
    /// <param name="guide">The guide's trace.</param>
    /// <returns>The loss, and a scalar whose gradient is that of the expected loss.</returns>
    protected internal abstract ElboTerm Evaluate(Trace model, Trace guide);
}
