namespace Pyrite;

/// <summary>Observes latent sites at given values: they count as data.</summary>
public sealed class ConditionHandler : Handler
{
    private readonly Dictionary<string, Tensor> values = [];

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
    public ConditionHandler(IReadOnlyDictionary<string, Tensor> values) => this.values = new Dictionary<string, Tensor>(values);

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (values.TryGetValue(site.Name, out Tensor? value))
        {
            site.Value = value;
            site.IsObserved = true;
        }
    }
}
