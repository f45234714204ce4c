using Pyrite.Inference.Enumeration;
using Pyrite.Inference.Objectives;

namespace Pyrite;

/// <summary>The evidence lower bound with discrete sites treated exactly: those of the guide by the expectation under the guide, those that only the
/// model has by summing them out.</summary>
/// <remarks>
/// loss = E_q[log q(z) - log p(x, z)], where z are the sites of the guide and p has the others summed out; continuous sites are drawn as for
/// <see cref="TraceElbo"/>. With a guide that has no discrete sites the gradients are those of the marginal likelihood, without the variance of
/// draws.
/// Sites are summed out by variable elimination inside plates (Obermeyer et al., "Tensor variable elimination for plated factor graphs", 2019), as
/// Pyro's TraceEnum_ELBO does, but without rules for dimensions; <see cref="Enumerate"/> changes what happens to a site. The weight of a subsampled
/// plate stands outside of the sums over sites of the plate. <see cref="Elbo.KlWeight"/> weights the terms of the guide's sites.
/// </remarks>
/// <param name="particles">How many runs of model and guide to average; at least 1.</param>
public sealed class EnumerationElbo(int particles = 1) : AveragedElbo(particles)
{
    internal override bool SumsDiscreteSites => true;

    /// <inheritdoc/>
    protected override ElboTerm Evaluate(ElboStep step, ElboRun run)
    {
        double weight = KlWeightAt(step);
        EnumeratedStep enumerated = run.Enumerated
            ?? throw new InvalidOperationException("EnumerationElbo was asked about a run whose discrete sites were drawn. Run it with Svi.");
        if (enumerated.Guide.Sites.Count == 0 && enumerated.Model.Runs is [{ Handler.Sites.Count: 0 }])
        {
            // Nothing to sum: draws of discrete sites use what their own plates cost.
            Tensor plain = TraceElbo.Loss(run.Model, run.Guide, weight);
            Tensor? score = ScoreFunction.Surrogate(step, run, weight, dependencies: null);
            return new ElboTerm(plain, score is null ? plain : plain + score);
        }
        Tensor loss = EnumeratedRuns.Explained(() => EnumeratedBound.Loss(enumerated, run.Guide, weight));
        Tensor? drawn = ScoreOfDrawn(enumerated, run.Guide);
        return new ElboTerm(loss, drawn is null ? loss : loss + (loss.Detach() * drawn));
    }

    /// <summary>The log-probability of draws that are not reparameterized, for the score function.</summary>
    private static Tensor? ScoreOfDrawn(EnumeratedStep enumerated, Trace guide)
    {
        Tensor? total = null;
        foreach (SampleSite site in guide.SampleSites)
        {
            if (site.IsObserved || site.Distribution.HasReparameterizedSample || enumerated.Guide.Sites.ContainsKey(site.Name))
            {
                continue;
            }
            Tensor score = site.UnscaledLogProb();
            if (!score.RequiresGradient)
            {
                continue;
            }
            if (enumerated.Scope.Find(score) is { } lifted)
            {
                throw new ModelException(ModelError.EnumerationImpossible, site.Name,
                    $"the guide draws it, its draw is not reparameterized, and its distribution depends on \"{lifted.Axes[0]}\", which the guide "
                        + "enumerates. Enumerate both, draw both (options: Enumerate.Never), or use a family with reparameterized draws.");
            }
            total = total is null ? score.Sum() : total + score.Sum();
        }
        return total;
    }
}
