namespace Pyrite.Inference.Objectives;

/// <summary>Gradients with respect to the distributions of draws that gradients do not flow through.</summary>
/// <remarks>The gradient of E[cost] in such a distribution is E[(cost - baseline) · ∇ log q(z)] for any baseline that the draw does not influence
/// (Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", 1992).</remarks>
internal static class ScoreFunction
{
    /// <summary>Whether a run has draws that need it.</summary>
    public static bool IsNeeded(ElboRun run) => IsNeeded(run.Guide, inGuide: true) || IsNeeded(run.Model, inGuide: false);

    /// <summary>A scalar whose gradient is the missing part, or null where nothing is missing; the losses of baseline networks are added to
    /// it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="run">One of its runs.</param>
    /// <param name="klWeight">The weight of the latent sites' terms.</param>
    /// <param name="dependencies">Which costs follow from which draw; null counts all of the site's plate entries.</param>
    public static Tensor? Surrogate(ElboStep step, ElboRun run, double klWeight, SiteDependencies? dependencies)
    {
        if (!IsNeeded(run))
        {
            return null;
        }
        CostTerms? all = dependencies is null ? Costs(run, klWeight, null) : null;
        Tensor? total = null;
        Add(run.Guide, inGuide: true);
        Add(run.Model, inGuide: false);
        return total;

        void Add(Trace trace, bool inGuide)
        {
            foreach (Site site in trace.SiteList)
            {
                if (site is SampleSite sample && NeedsScore(sample, inGuide))
                {
                    CostTerms costs = all ?? Costs(run, klWeight, dependencies!.Following(sample.Name));
                    if (costs.SumTo(sample.PlateFrames) is { } cost)
                    {
                        Tensor term = Term(step.Baselines, sample, cost);
                        total = total is null ? term : total + term;
                    }
                }
            }
        }
    }

    /// <summary>The draws of a run that gradients do not flow through.</summary>
    public static IEnumerable<SampleSite> Scored(ElboRun run) =>
        run.Guide.SampleSites.Where(site => NeedsScore(site, inGuide: true))
            .Concat(run.Model.SampleSites.Where(site => NeedsScore(site, inGuide: false)));

    private static Tensor Term(BaselineStore baselines, SampleSite site, Tensor cost)
    {
        Tensor? loss = null;
        Tensor signal = site.Options.Find<Baseline>() is { } baseline ? baselines.Reduce(site, baseline, cost, out loss) : cost;
        Tensor term = (signal * site.UnscaledLogProb()).Sum();
        return loss is null ? term : term + loss;
    }

    private static CostTerms Costs(ElboRun run, double klWeight, FollowingCosts? following)
    {
        CostTerms costs = new();
        foreach (Site site in run.Guide.SiteList)
        {
            if (site is SampleSite sample && (following is null || following.InGuide.Contains(site.Name)))
            {
                costs.Add(Weighted(sample.LogProb().Detach(), klWeight), site.PlateFrames);
            }
        }
        foreach (Site site in run.Model.SiteList)
        {
            if (site is SampleSite sample && (sample.IsObserved || !sample.IsFromPrior)
                && (following is null || following.InModel.Contains(site.Name)))
            {
                costs.Add(-Weighted(sample.LogProb().Detach(), sample.IsObserved ? 1 : klWeight), site.PlateFrames);
            }
        }
        return costs;
    }

    private static bool IsNeeded(Trace trace, bool inGuide)
    {
        foreach (Site site in trace.SiteList)
        {
            if (site is SampleSite sample && NeedsScore(sample, inGuide))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A draw whose density depends on no parameter has no score; without gradients nothing has.</summary>
    private static bool NeedsScore(SampleSite site, bool inGuide) =>
        IsDrawn(site, inGuide) && !site.Distribution.HasReparameterizedSample && site.UnscaledLogProb().RequiresGradient;

    private static Tensor Weighted(Tensor value, double weight) => weight == 1 ? value : value * weight;

    /// <summary>Whether a site is drawn in a run, rather than observed or replayed.</summary>
    private static bool IsDrawn(SampleSite site, bool inGuide) => !site.IsObserved && (inGuide || site.IsFromPrior);
}
