namespace Pyrite;

/// <summary>Gives parameters and latent sites fixed values, without counting them as data: latent sites stay latent.</summary>
/// <remarks>Parameters of a registered network are named <c>module.path</c>; the network computes with the values until this handler ends.
/// Names that no site has are harmless, so a whole set of draws can be put in.</remarks>
/// <param name="values">Site names and values; whole values also for parameters in subsampled plates.</param>
public sealed class SubstituteHandler(IReadOnlyDictionary<string, Tensor> values) : Handler
{
    /// <summary>Gives one value to each named site.</summary>
    public SubstituteHandler(params ReadOnlySpan<(string Site, Tensor Value)> values)
        : this(ToDictionary(values))
    {
    }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (!site.IsObserved && values.TryGetValue(site.Name, out Tensor? value))
        {
            site.Value = value;
        }
    }

    internal override Reparameterization? Probe(SampleSite site)
    {
        Before(site);
        return null;
    }

    /// <inheritdoc/>
    protected internal override void Before(ParamSite site)
    {
        if (!values.TryGetValue(site.Name, out Tensor? value))
        {
            return;
        }
        if (!site.Constraint.Check(value).All())
        {
            throw new ModelException(ModelError.OutsideConstraint, site.Name,
                $"the value {value} was substituted, but it violates the constraint {site.Constraint.Name}. Substitute a value inside it.");
        }
        site.Value = value;
    }

    /// <inheritdoc/>
    protected internal override void Before(ModuleSite site) => site.Replace((path, parameter) =>
    {
        string name = $"{site.Name}.{path}";
        return !values.TryGetValue(name, out Tensor? value) || value.Shape == parameter.Shape
            ? value
            : throw new ModelException(ModelError.OutsideConstraint, name,
                $"a value of shape {value.Shape} was substituted for a parameter of shape {parameter.Shape}. Give one of its shape.");
    });

    private static Dictionary<string, Tensor> ToDictionary(ReadOnlySpan<(string Site, Tensor Value)> values)
    {
        Dictionary<string, Tensor> all = [];
        foreach ((string site, Tensor value) in values)
        {
            all.Add(site, value);
        }
        return all;
    }
}
