namespace Pyrite;

/// <summary>Draws observed sites instead of taking their data: the model as a generator.</summary>
/// <remarks>The data stay at hand in <see cref="SampleSite.Observation"/>. Factors remain as they are.</remarks>
/// <param name="which">Which observed sites to draw; all if not given.</param>
public sealed class UnconditionHandler(Func<SampleSite, bool>? which = null) : Handler
{
    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (site.IsObserved && site.Distribution is not Unit && (which is null || which(site)))
        {
            site.Unobserve();
        }
    }
}
