using Pyrite.Language;
using Pyrite.Language.Handlers;


namespace Pyrite;

/// <summary>Draws latent sites by way of others that are easier to infer; the sites themselves become deterministic, with the same
/// distribution.</summary>
/// <remarks>Method: Gorinova, Moore and Hoffman, "Automatic reparameterisation of probabilistic programs", 2020.</remarks>
public sealed class ReparameterizeHandler : Handler
{
    private readonly NamedValues<Reparameterization>? byName;
    private readonly Func<SampleSite, Reparameterization?>? byChoice;

    /// <summary>Reparameterizes each named site. A name that no site of the model has is an error.</summary>
    public ReparameterizeHandler(params ReadOnlySpan<(string Site, Reparameterization Strategy)> strategies)
    {
        byName = new NamedValues<Reparameterization>("reparameterize");
        foreach ((string site, Reparameterization strategy) in strategies)
        {
            byName.Add(site, strategy);
        }
    }

    /// <summary>Reparameterizes the sites for which there is a strategy.</summary>
    /// <param name="choose">The strategy for a latent site; null leaves it as it is.</param>
    public ReparameterizeHandler(Func<SampleSite, Reparameterization?> choose) => byChoice = choose;

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        Reparameterization? strategy = null;
        if (site.IsRestated)
        {
            return;
        }
        if (byName is null)
        {
            strategy = site.HasValue ? null : byChoice!(site);
        }
        else if (byName.TryGet(site.Name, out strategy) && site.HasValue)
        {
            throw new ModelException(ModelError.ReparameterizationUnsuitable, site.Name,
                "it has a value already (it is observed, conditioned or substituted inside the handler), and only draws can be reparameterized. "
                    + "Leave it out of the handler.");
        }
        if (strategy is not null)
        {
            Statements.Replace(site, strategy.Apply(site));
        }
    }

    internal override Reparameterization? Probe(SampleSite site) =>
        byName is null ? byChoice!(site) : byName.TryGet(site.Name, out Reparameterization? strategy) ? strategy : null;

    /// <inheritdoc/>
    protected internal override void CheckNames() => byName?.Check();
}
