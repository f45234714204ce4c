namespace Pyrite;

/// <summary>Hides statements from the handlers further out.</summary>
/// <param name="hide">Which sites to hide; all if not given.</param>
public sealed class BlockHandler(Func<Site, bool>? hide = null) : Handler
{
    /// <inheritdoc/>
    protected internal override void Before(SampleSite site) => Hide(site);

    /// <inheritdoc/>
    protected internal override void Before(ParamSite site) => Hide(site);

    /// <inheritdoc/>
    protected internal override void Before(ModuleSite site) => Hide(site);

    /// <inheritdoc/>
    protected internal override void Before(DeterministicSite site) => Hide(site);

    /// <inheritdoc/>
    protected internal override void Before(PlateSite site) => Hide(site);

    private void Hide(Site site) => site.IsHidden |= hide is null || hide(site);
}
