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
        Tensor loss = Loss(run.Model, guide, weight);
        Tensor? score = ScoreFunction.Surrogate(step, run, weight, dependencies: null);
        return new ElboTerm(loss, score is null ? loss : loss + score);
    }

    /// <summary>The loss of one run, log q(z) - log p(x, z), with a weight on the latent sites' terms.</summary>
    /// <remarks>A latent that is drawn from its prior has that for its guide, too: its terms cancel and are left out.</remarks>
    internal static Tensor Loss(Trace model, Trace guide, double klWeight)
    {
        if (klWeight == 1)
        {
            return (Sum(guide, observed: null) ?? 0.0) - (Sum(model, observed: null) ?? 0.0);
        }
        Tensor latent = (Sum(guide, observed: null) ?? 0.0) - (Sum(model, observed: false) ?? 0.0);
        return (latent * klWeight) - (Sum(model, observed: true) ?? 0.0);
    }

    private static Tensor? Sum(Trace trace, bool? observed)
    {
        Tensor? total = null;
        foreach (Site site in trace.SiteList)
        {
            if (site is SampleSite sample && (sample.IsObserved || !sample.IsFromPrior) && (observed ?? sample.IsObserved) == sample.IsObserved)
            {
                Tensor term = trace.Score(sample).Sum();
                total = total is null ? term : total + term;
            }
        }
        return total;
    }
}
