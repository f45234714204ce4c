namespace Pyrite;

/// <summary>Gives latent sites and plates the values that they had in an earlier trace.</summary>
/// <param name="earlier">The run to replay; sites that it lacks are drawn afresh.</param>
public sealed class ReplayHandler(Trace earlier) : Handler
{
    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        // Data stays data: replacing it would silently change the likelihood.
        if (!site.IsObserved && earlier.Find(site.Name) is SampleSite recorded)
        {
            site.Value = recorded.Value;
        }
    }

    internal override Reparameterization? Probe(SampleSite site)
    {
        Before(site);
        return null;
    }

    /// <inheritdoc/>
    protected internal override void Before(PlateSite site)
    {
        if (!site.IsGiven && earlier.Find(site.Name) is PlateSite recorded && recorded.Size == site.Size
            && recorded.AskedSize == site.AskedSize)
        {
            site.Follow(recorded);
        }
    }
}
