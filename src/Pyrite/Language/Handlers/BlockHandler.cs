namespace Pyrite;

/// <summary>Hides statements from the handlers further out.</summary>
/// <remarks>Plates and seeds further out still shape and decide the draws of hidden sites. Names that no site has are harmless.</remarks>
public sealed class BlockHandler : Handler
{
    private readonly Func<Site, bool>? hides;

    /// <summary>Hides sites by predicate.</summary>
    /// <param name="hide">Which sites to hide; all if not given.</param>
    public BlockHandler(Func<Site, bool>? hide = null) => hides = hide;

    private BlockHandler(IEnumerable<string> names, bool hideNamed)
    {
        HashSet<string> set = [.. names];
        hides = site => set.Contains(site.Name) == hideNamed;
    }

    /// <summary>Hides the named sites.</summary>
    public static BlockHandler Hide(params IEnumerable<string> names) => new(names, hideNamed: true);

    /// <summary>Hides everything but the named sites.</summary>
    public static BlockHandler Expose(params IEnumerable<string> names) => new(names, hideNamed: false);

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site) => Apply(site);

    /// <inheritdoc/>
    protected internal override void Before(ParamSite site) => Apply(site);

    /// <inheritdoc/>
    protected internal override void Before(ModuleSite site) => Apply(site);

    /// <inheritdoc/>
    protected internal override void Before(DeterministicSite site) => Apply(site);

    /// <inheritdoc/>
    protected internal override void Before(PlateSite site) => Apply(site);

    private void Apply(Site site) => site.IsHidden |= hides is null || hides(site);
}
