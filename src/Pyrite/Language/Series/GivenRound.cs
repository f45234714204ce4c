namespace Pyrite.Language.Series;

/// <summary>A round in which every variable has its value: it computes the log-densities.</summary>
/// <param name="loop">The loop.</param>
/// <param name="values">The round's values of the sites that do not take the body's own data.</param>
/// <param name="scored">A site that is scored at another value than the one with which the round goes on; null for none.</param>
internal sealed class GivenRound(SeriesLoop loop, IReadOnlyDictionary<SeriesSite, Tensor> values,
    (SeriesSite Site, Tensor Value)? scored) : Round(loop)
{
    private readonly Dictionary<SeriesSite, Tensor> terms = [];
    private readonly Dictionary<SeriesSite, Tensor> data = [];

    /// <summary>The log-density of each site in this round, mask and weights applied.</summary>
    public IReadOnlyDictionary<SeriesSite, Tensor> Terms => terms;

    /// <summary>The data of each observed site in this round.</summary>
    public IReadOnlyDictionary<SeriesSite, Tensor> Data => data;

    protected override void Enter(SampleSite site)
    {
        SeriesSite known = Loop.Find(site);
        if (values.TryGetValue(known, out Tensor? value))
        {
            site.Value = value;
            site.IsObserved = known.IsGivenAsData;
        }
        if (!known.IsFactor && known.Part is null && known.Whole.Mask is { } mask)
        {
            site.Mask = site.Mask is null ? mask : site.Mask & mask;
        }
    }

    protected override void Leave(SampleSite site)
    {
        SeriesSite known = Loop.Find(site);
        known.Laws.Add(site.Distribution);
        Tensor density = scored is { } other && ReferenceEquals(other.Site, known)
            ? (site.Mask is null ? site.Distribution : site.Distribution.Mask(site.Mask)).LogProb(other.Value)
            : site.UnscaledLogProb();
        density = site.Weight is null ? density : density * site.Weight;
        density = known.Weight is null ? density : density * known.Weight;
        terms[known] = density.BroadcastTo(Shape.Broadcast(density.Shape, known.Batch));
        data[known] = site.Value;
    }
}
