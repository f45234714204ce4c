using Pyrite.Language;
using Pyrite.Language.Handlers;


namespace Pyrite;

/// <summary>Intervenes: what follows sees given values at some sites, as if they had been written into the model, while the sites themselves go on as
/// a twin.</summary>
/// <remarks>The twin keeps the site's name and distribution, is drawn or observed as before, and nothing depends on it. Conditioning it, with a
/// <see cref="ConditionHandler"/> on either side of this handler, asks a counterfactual question: what would have been, given what was
/// (single-world intervention graphs, Richardson and Robins 2013). An intervention further out on the same site changes nothing.</remarks>
public sealed class DoHandler : Handler
{
    private readonly NamedValues<Tensor> values = new("intervene on");

    /// <summary>Sets one value for each named site, random or deterministic.</summary>
    /// <param name="values">Site names and values.</param>
    public DoHandler(params ReadOnlySpan<(string Site, Tensor Value)> values)
    {
        foreach ((string site, Tensor value) in values)
        {
            this.values.Add(site, value);
        }
    }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (!values.TryGet(site.Name, out Tensor? value) || site.IsTwin)
        {
            return;
        }
        SampleSite twin = Statements.Inherit(site, site.Name, site.Distribution, site.HasValue ? site.Value : null, isTwin: true);
        twin.IsObserved = site.IsObserved;
        HandlerStack.Apply(twin);

        // Handlers further in see the intervention under a name of its own, those further out only the twin.
        site.Name += "__CF";
        site.Value = value;
        site.IsObserved = true;
        site.IsHidden = true;
    }

    internal override Reparameterization? Probe(SampleSite site)
    {
        if (values.TryGet(site.Name, out Tensor? value))
        {
            site.Value = value;
        }
        return null;
    }

    /// <inheritdoc/>
    protected internal override void Before(DeterministicSite site)
    {
        if (values.TryGet(site.Name, out Tensor? value) && !site.IsTwin)
        {
            DeterministicSite twin = new(site.Name, site.Value, site.EventDimensions)
            {
                IsTwin = true,
                PlateFrames = site.PlateFrames,
                EventNames = site.EventNames,
            };
            HandlerStack.Apply(twin);
            site.Name += "__CF";
            site.Value = value;
            site.IsHidden = true;
        }
    }

    /// <inheritdoc/>
    protected internal override void CheckNames() => values.Check();
}
