namespace Pyrite;

/// <summary>Tells inference more about sites, without touching the model.</summary>
/// <param name="configure">The options to add to a site's own; they take precedence.</param>
public sealed class InferConfigHandler(Func<SampleSite, SiteOptions> configure) : Handler
{
    /// <inheritdoc/>
    protected internal override void Before(SampleSite site) => site.Options = site.Options.With(configure(site));
}
