namespace Pyrite;

/// <summary>An objective of one's own: a function of the two traces, averaged over runs.</summary>
/// <remarks>Its gradient is that of the function itself: draws without gradients need a term of one's own.</remarks>
/// <param name="loss">Makes a scalar from the model's trace and the guide's, which the model replays.</param>
/// <param name="particles">How many runs of model and guide to average; at least 1.</param>
public sealed class CustomElbo(Func<Trace, Trace, Tensor> loss, int particles = 1) : AveragedElbo(particles)
{
    /// <inheritdoc/>
    protected override ElboTerm Evaluate(ElboStep step, ElboRun run)
    {
        Tensor value = loss(run.Model, run.Guide);
        return value.Rank == 0
            ? new ElboTerm(value, value)
            : throw new InvalidOperationException($"A custom objective must be a scalar; found shape {value.Shape}. Sum it.");
    }
}
