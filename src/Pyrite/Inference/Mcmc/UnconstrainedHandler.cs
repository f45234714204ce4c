using Pyrite.Sites;

namespace Pyrite.Inference.Mcmc;

/// <summary>Gives latent sites values made from unconstrained numbers, and collects the logarithms of the volume changes.</summary>
/// <param name="numbers">The unconstrained numbers of each site; a site that has none is drawn.</param>
internal sealed class UnconstrainedHandler(Func<SampleSite, Tensor?> numbers) : Handler
{
    /// <summary>The sum of the logarithms of the volume changes; null where there are none.</summary>
    public Tensor? LogJacobian { get; private set; }

    /// <summary>What keeps numbers that nothing else holds in place; null where there are none.</summary>
    public Tensor? LogPlaceholder { get; private set; }

    /// <summary>The map onto the support of a latent site.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public static Transform MapOf(SampleSite site)
    {
        try
        {
            return ConstraintRegistry.BijectTo(site.Distribution.Support);
        }
        catch (NotSupportedException none)
        {
            throw new ModelException(site.Name, site.Distribution.IsDiscrete
                ? $"MCMC by gradients needs continuous latent sites; {site.Distribution.Name} is discrete (support: {site.Distribution.Support.Requirement}). {(site.PartMask is null
                    ? "Sum the site out by hand with Factor or a mixture, or observe it."
                    : "Its missing entries cannot be sampled; leave them out: observe the data inside a MaskHandler that is true where they are there, instead of observedMask. Where later statements need them, sum them out by hand with Factor.")}"
                : none.Message, none);
        }
    }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (site.IsObserved || site.HasValue)
        {
            return;
        }
        site.ExpandToPlates();
        if (site.PartMask is not null && BatchPart.Of(site) is { Count: 0 })
        {
            // Nothing is missing: whatever it is does not count.
            Shape whole = site.Distribution.BatchShape + site.Distribution.EventShape;
            site.Value = site.Distribution.Support.InteriorPoint(Tensor.Zeros(whole, site.Distribution.DType)).BroadcastTo(whole);
            return;
        }
        if (numbers(site) is not { } x)
        {
            return;
        }
        Transform map = MapOf(site);
        Tensor value = map.Forward(x);
        site.Value = value;
        if (map is not IdentityTransform)
        {
            Tensor change = map.LogAbsDetJacobian(x, value);
            LogJacobian = Add(LogJacobian, (site.Mask is null ? change : Tensor.Where(Spread(site.Mask, change.Rank), change, 0.0)).Sum());
        }
        if (site.Mask is not null)
        {
            // Masked entries have no density of their own; a unit Gaussian keeps the numbers behind them from wandering off.
            int inner = x.Rank - site.Distribution.BatchShape.Rank;
            Tensor mask = site.Mask;
            for (int i = 0; i < inner; i++)
            {
                mask = mask.Unsqueeze(-1);
            }
            LogPlaceholder = Add(LogPlaceholder, Tensor.Where(mask, 0.0, -0.5 * x.Square()).Sum());
        }
    }

    private static Tensor Add(Tensor? total, Tensor term) => total is null ? term : total + term;

    /// <summary>A mask of whole events for terms that may belong to their parts.</summary>
    private static Tensor Spread(Tensor mask, int rank)
    {
        while (mask.Rank < rank)
        {
            mask = mask.Unsqueeze(-1);
        }
        return mask;
    }
}
