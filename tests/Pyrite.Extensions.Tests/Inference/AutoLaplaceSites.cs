namespace Pyrite.Extensions.Inference;

/// <summary>An automatic guide of one's own with one law for each site: unconstrained numbers follow Laplace laws, angles von Mises laws.</summary>
internal sealed class AutoLaplaceSites<T>(Action<T> model, GuideStart? start = null) : AutoSiteGuide<T>(model, start)
{
    protected override Distribution Posterior(GuideSite site) => site.IsTurning
        ? new VonMises(LearnLocation(site), Learn(site, "concentration", 4, Constraints.Positive))
        : new Laplace(LearnLocation(site), Learn(site, "scale", 0.1, Constraints.Positive));
}
