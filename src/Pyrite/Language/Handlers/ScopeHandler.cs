namespace Pyrite;

/// <summary>Puts a prefix before the names of sites, so that one function can be used several times in a model: <c>prefix/name</c>.</summary>
/// <remarks>Scopes nest: the outer prefix comes first. Plates keep their names, so that they can be shared.</remarks>
public sealed class ScopeHandler : Handler
{
    private readonly string prefix;

    /// <summary>A scope of a name.</summary>
    /// <param name="prefix">What to put before the names; not empty.</param>
    public ScopeHandler(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        this.prefix = prefix + "/";
    }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site) => Rename(site);

    internal override Reparameterization? Probe(SampleSite site)
    {
        Before(site);
        return null;
    }

    /// <inheritdoc/>
    protected internal override void Before(ParamSite site) => Rename(site);

    /// <inheritdoc/>
    protected internal override void Before(ModuleSite site) => Rename(site);

    /// <inheritdoc/>
    protected internal override void Before(DeterministicSite site) => Rename(site);

    private void Rename(Site site) => site.Name = prefix + site.Name;
}
