using Pyrite.Inference.Enumeration;
using Pyrite.Language.Sites;


namespace Pyrite.Inference.Potentials;

/// <summary>Gives latent sites values made from unconstrained numbers, and collects the logarithms of the volume changes.</summary>
/// <param name="numbers">The unconstrained numbers of each site; a site that has none is drawn.</param>
internal sealed class UnconstrainedHandler(Func<SampleSite, Tensor?> numbers) : Handler
{
    /// <summary>The sum of the logarithms of the volume changes; null where there are none.</summary>
    public Tensor? LogJacobian { get; private set; }

    /// <summary>What keeps numbers that nothing else holds in place; null where there are none.</summary>
    public Tensor? LogPlaceholder { get; private set; }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (site.IsObserved || site.HasValue || EnumerationChoice.IsSummed(site))
        {
            return;
        }
        site.ExpandToPlates();
        if (site.PartMask is not null && BatchPart.Of(site) is { Count: 0 })
        {
            // Nothing is missing: whatever it is does not count.
            Shape whole = site.Distribution.BatchShape + site.Distribution.EventShape;
            site.Value = site.Distribution.Support.ValueInside(Tensor.Zeros(whole, site.Distribution.DType)).BroadcastTo(whole);
            return;
        }
        if (numbers(site) is not { } x)
        {
            return;
        }
        SamplerSpace space = SamplerSpace.Of(site);
        (Tensor value, Tensor? change) = space.ValueOf(x);
        site.Value = value;
        LogJacobian = Add(LogJacobian, change);
        LogPlaceholder = Add(LogPlaceholder, space.LogPlaceholder(x, value.Rank));
    }

    private static Tensor? Add(Tensor? total, Tensor? term) => total is null ? term : term is null ? total : total + term;
}
