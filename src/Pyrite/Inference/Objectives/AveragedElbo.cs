namespace Pyrite;

/// <summary>An objective that is the mean over runs of what each says.</summary>
public abstract class AveragedElbo : Elbo
{
    /// <inheritdoc cref="Elbo(int)"/>
    protected AveragedElbo(int particles)
        : base(particles)
    {
    }

    /// <inheritdoc/>
    protected internal sealed override ElboTerm Evaluate(ElboStep step)
    {
        ElboTerm total = Evaluate(step, step.Runs[0]);
        for (int i = 1; i < step.Runs.Count; i++)
        {
            ElboTerm term = Evaluate(step, step.Runs[i]);
            total = new ElboTerm(total.Loss + term.Loss, total.Surrogate + term.Surrogate);
        }
        return step.Runs.Count == 1 ? total : new ElboTerm(total.Loss / step.Runs.Count, total.Surrogate / step.Runs.Count);
    }

    /// <summary>What one run says.</summary>
    /// <param name="step">The step.</param>
    /// <param name="run">One of its runs.</param>
    protected abstract ElboTerm Evaluate(ElboStep step, ElboRun run);
}
