using Pyrite.Language;
using Pyrite.Language.Handlers;


namespace Pyrite;

/// <summary>Turns parameters into random variables with priors.</summary>
/// <remarks>The variable has the parameter's name and whole shape, all of it one event, and stands outside of the plates around the statement;
/// per-datum parameters are then subsampled as usual. Parameters of a registered network are lifted under their names <c>module.path</c>; the network
/// computes with the draws until this handler ends, and inference learns the others alone.</remarks>
public sealed class LiftHandler : Handler
{
    private readonly NamedValues<Distribution> named = new("lift");
    private readonly Func<ParamSite, Distribution?> prior;

    /// <summary>Gives parameters priors by predicate.</summary>
    /// <param name="prior">The prior of a parameter, expanded to its shape; null leaves it a parameter.</param>
    public LiftHandler(Func<ParamSite, Distribution?> prior) => this.prior = prior;

    /// <summary>Gives each named parameter a prior. A name that no parameter has is an error.</summary>
    public LiftHandler(params ReadOnlySpan<(string Site, Distribution Prior)> priors)
    {
        foreach ((string site, Distribution one) in priors)
        {
            named.Add(site, one);
        }
        prior = site => named.TryGet(site.Name, out Distribution? one) ? one : null;
    }

    /// <inheritdoc/>
    protected internal override void Before(ParamSite site)
    {
        if (prior(site) is not { } distribution)
        {
            return;
        }
        SampleSite lifted = Draw(site.Name, distribution, site.Start().Shape);
        if (distribution.Validate && !site.Constraint.Check(lifted.Value).All())
        {
            throw new ModelException(ModelError.PriorUnsuitable, site.Name,
                $"the parameter must be {site.Constraint.Requirement}, but its prior {distribution.Name} drew {lifted.Value}. Choose a prior whose "
                    + "support lies inside the constraint.");
        }
        site.Value = lifted.Value;
        site.IsHidden = true;
    }

    /// <inheritdoc/>
    protected internal override void Before(ModuleSite site) => site.Replace((path, parameter) =>
    {
        string name = $"{site.Name}.{path}";
        ParamSite own = new(name, () => parameter.Value, Constraints.Real, null);
        return prior(own) is { } distribution ? Draw(name, distribution, parameter.Shape).Value : null;
    });

    /// <inheritdoc/>
    protected internal override void CheckNames() => named.Check();

    private static SampleSite Draw(string name, Distribution distribution, Shape shape)
    {
        SampleSite lifted = new(name, PriorShape.Whole(name, distribution, shape), null);
        HandlerStack.Apply(lifted);
        return lifted;
    }
}
