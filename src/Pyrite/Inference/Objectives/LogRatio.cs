namespace Pyrite.Inference.Objectives;

/// <summary>The loss of one run: log q(z) - log p(x, z).</summary>
internal static class LogRatio
{
    /// <summary>The loss, with a weight on the latent sites' terms.</summary>
    /// <remarks>A latent that is drawn from its prior has that for its guide, too: its terms cancel and are left out.</remarks>
    public static Tensor Loss(Trace model, Trace guide, double klWeight)
    {
        if (klWeight == 1)
        {
            return (Sum(guide, observed: null) ?? 0.0) - (Sum(model, observed: null) ?? 0.0);
        }
        Tensor latent = (Sum(guide, observed: null) ?? 0.0) - (Sum(model, observed: false) ?? 0.0);
        return (latent * klWeight) - (Sum(model, observed: true) ?? 0.0);
    }

    /// <summary>Whether a site is drawn in a run, rather than observed or replayed.</summary>
    public static bool IsDrawn(SampleSite site, bool inGuide) => !site.IsObserved && (inGuide || site.IsFromPrior);

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
