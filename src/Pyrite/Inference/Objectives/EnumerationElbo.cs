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
        IReadOnlyList<EnumeratedStep> branches = run.Enumerated
            ?? throw new InvalidOperationException("EnumerationElbo was asked about a run whose discrete sites were drawn. Run it with Svi.");
        if (branches is [{ Guide.Sites.Count: 0, Model.Runs: [{ Handler.Sites.Count: 0 }] }])
        {
            // Nothing to sum: draws of discrete sites use what their own plates cost.
            Tensor plain = TraceElbo.Loss(run.Model, run.Guide, weight);
            Tensor? score = ScoreFunction.Surrogate(step, run, weight, dependencies: null);
            return new ElboTerm(plain, score is null ? plain : plain + score);
        }
        if (branches.Count == 1)
        {
            (Tensor only, Tensor? term) = Branch(branches[0], weight);
            return new ElboTerm(only, term is null ? only : only + term);
        }
        (Tensor total, Tensor surrogate) = (0.0, 0.0);
        foreach (EnumeratedStep branch in branches)
        {
            Tensor chance = EnumeratedRuns.Explained(() => EnumeratedBound.Probability(branch));
            (Tensor loss, Tensor? drawn) = Branch(branch, weight);
            total += chance * loss;
            surrogate += drawn is null ? chance * loss : (chance * loss) + (chance.Detach() * drawn);
        }
        return new ElboTerm(total, surrogate);
    }

    /// <summary>The loss where sequential sites of the guide have some values, and what draws add to its gradient.</summary>
    private static (Tensor Loss, Tensor? Drawn) Branch(EnumeratedStep branch, double weight)
    {
        Tensor loss = EnumeratedRuns.Explained(() => EnumeratedBound.Loss(branch, weight));
        Tensor? drawn = ScoreOfDrawn(branch);
        return (loss, drawn is null ? null : loss.Detach() * drawn);
    }

    /// <summary>The log-probability of draws that are not reparameterized, for the score function.</summary>
    private static Tensor? ScoreOfDrawn(EnumeratedStep enumerated)
    {
        Tensor? total = null;
        foreach (SampleSite site in enumerated.Trace.SampleSites)
        {
            if (site.IsObserved || site.Distribution.HasReparameterizedSample || site.IsSummedOut)
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
