using Pyrite.Language.Sites;

namespace Pyrite.Inference.Enumeration;

/// <summary>An enumerated site after its run.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Batch">Its batch shape.</param>
/// <param name="Event">Its event shape.</param>
/// <param name="Support">All values of all entries, [K, .. batch, .. event].</param>
/// <param name="Round">Of which round of a loop it is; null for none.</param>
internal sealed record KeptSite(string Name, Shape Batch, Shape Event, Tensor Support, SeriesRound? Round)
{
    /// <summary>Copies what is needed out of the step.</summary>
    public static KeptSite Of(EnumeratedSite site)
    {
        Shape own = site.Site.Distribution.EventShape;
        return new KeptSite(site.Site.Name, site.Batch, own, site.Support.BroadcastTo([site.Axis.Size, .. site.Batch, .. own]).Keep(),
            site.Site.Round);
    }

    /// <summary>The values with the given numbers, one for each entry of the batch.</summary>
    public Tensor Values(int[] numbers)
    {
        int cells = numbers.Length;
        Tensor flat = Support.Reshape([Support.Shape[0] * cells, .. Event]);
        long[] places = [.. numbers.Select((number, cell) => ((long)number * cells) + cell)];
        return flat.Take(Tensor.From<long>(places)).Reshape(Batch + Event);
    }
}
