using Pyrite.Inference.Objectives;


namespace Pyrite;

/// <summary>The evidence lower bound from draws alone: loss = log q(z) - log p(x, z), summed over the data present.</summary>
/// <remarks>Gradients flow through the draws of reparameterized sites; other latent sites use the score function (Ranganath, Gerrish and Blei,
/// "Black box variational inference", 2014), each weighted by the costs of its own plate entries alone, and with the <see cref="Baseline"/> of its
/// options. Source of the bound: Kingma and Welling, "Auto-encoding variational Bayes", 2014, equation 2. Sticking the landing leaves out the guide's
/// own score, whose mean is zero (Roeder, Wu and Duvenaud, 2017): gradients then vanish, with every draw, where the guide is the exact posterior. The
/// guide runs twice in a step for it.</remarks>
/// <param name="particles">How many runs of model and guide to average; at least 1.</param>
/// <param name="stickingTheLanding">Whether the guide's parameters count as constants inside its log-density.</param>
public sealed class TraceElbo(int particles = 1, bool stickingTheLanding = false) : AveragedElbo(particles)
{
    /// <inheritdoc/>
    protected override ElboTerm Evaluate(ElboStep step, ElboRun run)
    {
        double weight = KlWeightAt(step);
        Trace guide = stickingTheLanding ? step.WithoutParameters(run) : run.Guide;
        Tensor loss = LogRatio.Loss(run.Model, guide, weight);
        Tensor? score = ScoreFunction.Surrogate(step, run, weight, dependencies: null);
        return new ElboTerm(loss, score is null ? loss : loss + score);
    }
}
