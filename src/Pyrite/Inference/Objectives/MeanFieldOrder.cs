namespace Pyrite.Inference.Objectives;

/// <summary>Refuses pairs in which a prior depends on a latent that the guide draws later: a divergence in closed form would be wrong
/// there.</summary>
internal static class MeanFieldOrder
{
    /// <summary>Looks at the order of the sites, and only where it differs at what depends on what.</summary>
    public static void Verify(ElboStep step, ElboRun run)
    {
        if (IsSameOrder(run))
        {
            return;
        }
        SiteDependencies dependencies = step.Dependencies(run);
        HashSet<string> drawn = [];
        foreach (Site site in run.Guide.SiteList)
        {
            if (site is not SampleSite { IsObserved: false })
            {
                continue;
            }
            foreach (string parent in dependencies.ParentsInModel(site.Name))
            {
                if (!drawn.Contains(parent) && run.Guide.Find(parent) is SampleSite { IsObserved: false })
                {
                    throw new ModelException(ModelError.MeanFieldOrder, site.Name,
                        $"its prior depends on \"{parent}\", which the guide draws later. MeanFieldElbo needs the guide to draw them the other way "
                            + "round; do so, or use TraceElbo.");
                }
            }
            drawn.Add(site.Name);
        }
    }

    /// <summary>A prior can only depend on what the model has drawn before, so the same order is always right.</summary>
    private static bool IsSameOrder(ElboRun run)
    {
        List<Site> model = run.Model.SiteList;
        int position = -1;
        foreach (Site site in run.Guide.SiteList)
        {
            if (site is not SampleSite { IsObserved: false } || run.Model.Find(site.Name) is not { } counterpart)
            {
                continue;
            }
            int found = model.IndexOf(counterpart);
            if (found < position)
            {
                return false;
            }
            position = found;
        }
        return true;
    }
}
