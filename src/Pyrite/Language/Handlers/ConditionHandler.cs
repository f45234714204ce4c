using Pyrite.Language.Handlers;


namespace Pyrite;

/// <summary>Observes latent sites at given values: they count as data.</summary>
/// <remarks>Data of a site that is observed already is replaced. A name that no site of the model has is an error.</remarks>
public sealed class ConditionHandler : Handler
{
    private readonly NamedValues<Tensor> values = new("condition on");

    /// <summary>Conditions on one value for each named site.</summary>
    /// <param name="values">Site names and values.</param>
    public ConditionHandler(params ReadOnlySpan<(string Site, Tensor Value)> values)
    {
        foreach ((string site, Tensor value) in values)
        {
            this.values.Add(site, value);
        }
    }

    /// <summary>Conditions on one value for each named site.</summary>
    public ConditionHandler(IReadOnlyDictionary<string, Tensor> values)
    {
        foreach ((string site, Tensor value) in values)
        {
            this.values.Add(site, value);
        }
    }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (values.TryGet(site.Name, out Tensor? value))
        {
            site.Value = value;
            site.IsObserved = true;
        }
    }

    internal override Reparameterization? Probe(SampleSite site)
    {
        Before(site);
        return null;
    }

    /// <inheritdoc/>
    protected internal override void CheckNames() => values.Check();
}
