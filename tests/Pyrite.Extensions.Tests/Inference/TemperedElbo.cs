namespace Pyrite.Extensions.Inference;

/// <summary>The evidence lower bound with a power on the likelihood: log q(z) - log p(z) - power · log p(x | z).</summary>
internal sealed class TemperedElbo(double power, int particles) : AveragedElbo(particles)
{
    protected override ElboTerm Evaluate(ElboStep step, ElboRun run)
    {
        // The guide's own score has mean zero and is left out, so that gradients vanish where the guide is right.
        Tensor loss = step.WithoutParameters(run).LogProb() - run.Model.LogProb(site => !site.IsObserved)
            - (power * run.Model.LogProb(site => site.IsObserved));
        return new ElboTerm(loss, ScoreTerm(step, run) is { } score ? loss + score : loss);
    }
}
