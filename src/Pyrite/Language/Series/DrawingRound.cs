namespace Pyrite.Language.Series;

/// <summary>A round in which variables without a value are drawn, from keys that name the site and the round.</summary>
/// <param name="loop">The loop.</param>
/// <param name="round">The number of the round.</param>
/// <param name="value">The value of a site in this round; null to draw it; <see cref="SeriesSource.Body"/> leaves it to the body.</param>
/// <param name="isCentral">Whether variables take the mean of what they follow, where it is known.</param>
internal sealed class DrawingRound(SeriesLoop loop, int round, Func<SeriesSite, (SeriesSource Source, Tensor? Value, RandomKey Key)> value,
    bool isCentral) : Round(loop)
{
    private readonly Dictionary<SeriesSite, Tensor> values = [];
    private readonly Dictionary<SeriesSite, Tensor> factors = [];

    /// <summary>The value of each site in this round, of its full shape.</summary>
    public IReadOnlyDictionary<SeriesSite, Tensor> Values => values;

    /// <summary>The factors of this round.</summary>
    public IReadOnlyDictionary<SeriesSite, Tensor> Factors => factors;

    protected override void Enter(SampleSite site)
    {
        SeriesSite known = Loop.Find(site);
        if (known.IsFactor)
        {
            return;
        }
        (SeriesSource source, Tensor? given, RandomKey key) = value(known);
        if (source == SeriesSource.Body)
        {
            return;
        }
        if (given is not null)
        {
            site.Value = given;
            site.IsObserved = known.IsGivenAsData;
            return;
        }
        if (site.HasValue)
        {
            site.Unobserve();
        }
        if (isCentral && Mean(site.Distribution) is { } mean)
        {
            site.Value = mean.BroadcastTo(known.Batch + known.Event);
            return;
        }
        site.Key = key.Child(round);
    }

    protected override void Leave(SampleSite site)
    {
        SeriesSite known = Loop.Find(site);
        if (known.IsFactor)
        {
            Tensor factor = site.UnscaledLogProb();
            factor = site.Weight is null ? factor : factor * site.Weight;
            factors[known] = factor.BroadcastTo(Shape.Broadcast(factor.Shape, known.Batch));
            return;
        }
        values[known] = site.Value;
    }

    private static Tensor? Mean(Distribution law)
    {
        if (law.IsDiscrete)
        {
            return null;
        }
        try
        {
            Tensor mean = law.Mean;
            return mean.AllFinite() && law.Support.Check(mean).All() ? mean : null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
