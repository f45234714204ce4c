using Pyrite.Inference.Objectives;


namespace Pyrite;

/// <summary>As <see cref="TraceElbo"/>, but the score of a site is weighted only by the costs that follow from its draw.</summary>
/// <remarks>Which costs do is read off the dependency graph of the sites, as <see cref="Inspect.Graph"/> finds it, with its limits: model and guide
/// run a few times when their sites are first seen. Source: Schulman et al., "Gradient estimation using stochastic computation graphs", 2015, theorem
/// 1.</remarks>
/// <param name="particles">How many runs of model and guide to average; at least 1.</param>
public sealed class TraceGraphElbo(int particles = 1) : AveragedElbo(particles)
{
    /// <inheritdoc/>
    protected override ElboTerm Evaluate(ElboStep step, ElboRun run)
    {
        double weight = KlWeightAt(step);
        Tensor loss = TraceElbo.Loss(run.Model, run.Guide, weight);
        Tensor? score = ScoreFunction.IsNeeded(run) ? ScoreFunction.Surrogate(step, run, weight, step.Dependencies(run)) : null;
        return new ElboTerm(loss, score is null ? loss : loss + score);
    }
}
