namespace Pyrite.Language.Series;

/// <summary>The call of a body that shows what it makes of its inputs: data, and masks of latents.</summary>
/// <param name="loop">The loop.</param>
internal sealed class CollectingRound(SeriesLoop loop) : Round(loop)
{
    private readonly List<Tensor> collected = [];

    /// <summary>The data and masks that <see cref="SeriesData.Wants"/> asks for, in the order of the sites.</summary>
    public IReadOnlyList<Tensor> Collected => collected;

    protected override void Enter(SampleSite site)
    {
        SeriesSite known = Loop.Find(site);
        (bool data, bool mask) = SeriesData.Wants(known);
        if (data)
        {
            collected.Add(site.Value);
        }
        if (mask)
        {
            collected.Add(site.Mask!);
        }
        if (site.HasValue)
        {
            return;
        }
        Shape whole = known.Batch + known.Event;
        site.Value = known.Law.IsDiscrete ? known.Law.Sample(RandomKey.FromSeed(0).Child(known.Name))
            : SeriesAxes.Inside(known.Law, whole);
    }

    protected override void Leave(SampleSite site)
    {
    }
}
