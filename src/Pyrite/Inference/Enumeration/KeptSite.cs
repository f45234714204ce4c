using Pyrite.Language.Sites;

namespace Pyrite.Inference.Enumeration;

/// <summary>An enumerated site after its run.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Batch">Its batch shape.</param>
/// <param name="Event">Its event shape.</param>
/// <param name="Support">All values of all entries, [K, .. batch, .. event].</param>
/// <param name="Round">Of which round of a loop it is; null for none.</param>
/// <param name="Scale">The weight of an entry, from subsampled plates and handlers.</param>
internal sealed record KeptSite(string Name, Shape Batch, Shape Event, Tensor Support, SeriesRound? Round, double Scale)
{
    /// <summary>Copies what is needed out of the step.</summary>
    public static KeptSite Of(EnumeratedSite site)
    {
        Shape own = site.Site.Distribution.EventShape;
        return new KeptSite(site.Site.Name, site.Batch, own, site.Support.BroadcastTo([site.Axis.Size, .. site.Batch, .. own]).Keep(),
            site.Site.Round, site.Plates.Aggregate(FactorReader.ScaleOf(site.Site), (product, plate) => product * plate.Scale));
    }

    /// <summary>The probabilities of the values, [.. batch, K].</summary>
    /// <param name="slopes">The derivatives of the log evidence with respect to zeros that were added to the scores, [K, .. plates].</param>
    public Tensor MarginalsOf(Tensor slopes)
    {
        Tensor spread = slopes.Detach().Reshape([Support.Shape[0], .. Batch]) / Scale;
        int[] order = [.. Enumerable.Range(1, Batch.Rank), 0];
        return (order.Length == 1 ? spread : spread.Permute(order)).Keep();
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
