using Pyrite.Inference.Guides;

namespace Pyrite;

/// <summary>Where an automatic guide starts: one value for each latent site.</summary>
/// <remarks>Derive from it for a rule of one's own.</remarks>
public abstract class GuideStart
{
    /// <summary>The image of 0 under the map from the reals onto the support: 0, 1 for positive numbers, one half for probabilities.</summary>
    public static GuideStart Feasible { get; } = new Rule((site, _) => AtZero(site));

    /// <summary>The middle of the prior, given the sites before: its median, by formula where there is one. Where automatic guides start unless told
    /// otherwise.</summary>
    /// <remarks>The mean or mode where the median is not finite or means little (priors over many powers of ten) and for vectors and matrices; the
    /// median of draws where there is no formula; <see cref="Feasible"/> for flat priors.</remarks>
    public static GuideStart PriorMedian { get; } = new Rule(PriorCenter.Of);

    /// <summary>A draw from the prior.</summary>
    public static GuideStart PriorSample { get; } = new Rule(Draw);

    /// <summary>The mean of the prior; where it has no formula or is not finite, the median of draws.</summary>
    public static GuideStart Mean { get; } = new Rule((site, key) => MeanOrNull(site) ?? MedianOfDraws(site, key, 15));

    /// <summary>The median of draws from the prior.</summary>
    /// <param name="draws">How many, at least 1.</param>
    public static GuideStart Median(int draws = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        return new Rule((site, key) => MedianOfDraws(site, key, draws));
    }

    /// <summary>Uniform on ±radius on the unconstrained side.</summary>
    /// <param name="radius">Not negative.</param>
    public static GuideStart Uniform(double radius = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        return new Rule((site, key) =>
        {
            Transform map = ConstraintRegistry.BijectTo(site.Distribution.Support);
            Shape shape = map.InverseShape(WholeShape(site));
            return map.Forward(radius * ((2 * key.Uniform(shape, site.Distribution.DType)) - 1));
        });
    }

    /// <summary>Given values; the other sites start by another rule.</summary>
    /// <param name="values">Site names and values inside the supports, which broadcast to the sites' shapes.</param>
    /// <param name="otherwise">The rule for the others; <see cref="PriorMedian"/> if not given.</param>
    public static GuideStart Given(IReadOnlyDictionary<string, Tensor> values, GuideStart? otherwise = null) => new Rule((site, key) =>
        values.TryGetValue(site.Name, out Tensor? value)
            ? value.To(site.Distribution.DType).BroadcastTo(WholeShape(site))
            : (otherwise ?? PriorMedian).Choose(site, key));

    /// <summary>Given values; the other sites start at <see cref="PriorMedian"/>.</summary>
    /// <param name="values">Site names and values inside the supports.</param>
    public static GuideStart Given(params ReadOnlySpan<(string Site, Tensor Value)> values)
    {
        Dictionary<string, Tensor> byName = [];
        foreach ((string site, Tensor value) in values)
        {
            byName.Add(site, value);
        }
        return Given(byName);
    }

    /// <summary>The value at which a site starts.</summary>
    /// <param name="site">The latent site, expanded to its plates.</param>
    /// <param name="key">Randomness of this site's own.</param>
    /// <returns>A value inside the support, of the site's batch and event shape.</returns>
    protected internal abstract Tensor Choose(SampleSite site, RandomKey key);

    private static Shape WholeShape(SampleSite site) => site.Distribution.BatchShape + site.Distribution.EventShape;

    private static Tensor AtZero(SampleSite site)
    {
        Transform map = ConstraintRegistry.BijectTo(site.Distribution.Support);
        return map.Forward(Tensor.Zeros(map.InverseShape(WholeShape(site)), site.Distribution.DType));
    }

    /// <summary>A flat prior cannot be drawn from; then the feasible point has to do.</summary>
    private static Tensor Draw(SampleSite site, RandomKey key)
    {
        try
        {
            return site.Distribution.Sample(key);
        }
        catch (NotSupportedException)
        {
            return AtZero(site);
        }
    }

    private static Tensor? MeanOrNull(SampleSite site)
    {
        try
        {
            Tensor mean = site.Distribution.Mean;
            return mean.AllFinite() && site.Distribution.Support.Check(mean).All() ? mean.BroadcastTo(WholeShape(site)) : null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The median entry by entry on the unconstrained side, so that it lies in the support.</summary>
    private static Tensor MedianOfDraws(SampleSite site, RandomKey key, int draws)
    {
        Transform map = ConstraintRegistry.BijectTo(site.Distribution.Support);
        Tensor[] free = new Tensor[draws];
        for (int i = 0; i < draws; i++)
        {
            free[i] = map.Inverse(Draw(site, key.Child(i)));
        }
        Tensor median = Tensor.Stack(free).Quantile([0.5], 0);
        return map.Forward(median.Reshape(free[0].Shape));
    }

    private sealed class Rule(Func<SampleSite, RandomKey, Tensor> choose) : GuideStart
    {
        protected internal override Tensor Choose(SampleSite site, RandomKey key) => choose(site, key);
    }
}
