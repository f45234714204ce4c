using Pyrite.Language.Series;
using Pyrite.Language.Sites;


namespace Pyrite.Inference.Guides;

/// <summary>The middle of a latent's prior, given the values of the sites before it.</summary>
/// <remarks>
/// Numbers: the median by its formula. Where it has none, is not finite on the unconstrained side, or means little because the middle half of the
/// prior spans more than e²⁰ there (Gamma(0.001, 0.001) has its median at 1e-298), the mean, else the mode. Vectors and matrices: the mean, else the
/// mode. Where there is none of these, the median of draws, and for flat priors the image of 0.
/// </remarks>
internal static class PriorCenter
{
    // Between the quartiles of the unconstrained side; e^20 is 5e8.
    private const double WidestHalf = 20;
    private const int Draws = 101;

    /// <summary>A value of the site's batch and event shape inside the support.</summary>
    public static Tensor Of(SampleSite site, RandomKey key)
    {
        Distribution family = DistributionFamily.Of(site.Distribution);
        if (family is SeriesDistribution series)
        {
            // Its moments are unknown, but those of each round are known once the rounds before have their values.
            return series.Center(key);
        }
        Transform map = ConstraintRegistry.BijectTo(family.Support);
        Shape whole = site.Distribution.BatchShape + site.Distribution.EventShape;
        DType type = site.Distribution.DType;
        Tensor? free = null;
        Tensor? found = null;
        foreach (Func<Distribution, Tensor?> candidate in (ReadOnlySpan<Func<Distribution, Tensor?>>)[Median, distribution => distribution.Mean,
            distribution => distribution.Mode])
        {
            if (FreeValue(candidate, family, map, whole, type) is not { } value)
            {
                continue;
            }
            Tensor usable = value.IsFinite();
            if (map.Domain.EventRank > 0)
            {
                // An event is taken as a whole or not at all.
                usable = usable.All() ? usable : Tensor.Zeros(usable.Shape, DType.Bool);
            }
            free = free is null ? Tensor.Where(usable, value, 0.0) : Tensor.Where(found!, free, Tensor.Where(usable, value, 0.0));
            found = found is null ? usable : found | usable;
            if (found.All())
            {
                return map.Forward(free);
            }
        }
        Tensor drawn = map.Inverse(GuideStart.Median(Draws).Choose(site, key));
        drawn = Tensor.Where(drawn.IsFinite(), drawn, 0.0);
        return map.Forward(free is null ? drawn : Tensor.Where(found!, free, drawn));
    }

    private static Tensor? FreeValue(Func<Distribution, Tensor?> candidate, Distribution family, Transform map, Shape whole, DType type)
    {
        try
        {
            if (candidate(family) is not { } value)
            {
                return null;
            }
            value = value.To(type).BroadcastTo(whole);
            Tensor inside = family.Support.SpreadOverEvent(family.Support.Check(value)).BroadcastTo(whole);
            Tensor safe = Tensor.Where(inside, value, family.Support.ValueInside(value));
            Tensor free = map.Inverse(safe);
            if (map.Domain.EventRank > 0)
            {
                return inside.All() ? free : null;
            }
            return Tensor.Where(inside, free, double.NaN);
        }
        catch (Exception none) when (none is NotSupportedException or ArgumentException or ArithmeticException)
        {
            // The family has no such formula, or not for these parameters.
            return null;
        }
    }

    /// <summary>The median of numbers; NaN where the prior is too wide for it to say anything.</summary>
    private static Tensor? Median(Distribution family)
    {
        if (family.EventShape.Rank > 0)
        {
            return null;
        }
        Tensor median = family.InverseCdf(0.5);
        Transform map = ConstraintRegistry.BijectTo(family.Support);
        if (family.Support.IsEverything)
        {
            return median;
        }
        Tensor span = map.Inverse(family.InverseCdf(0.75)) - map.Inverse(family.InverseCdf(0.25));
        return Tensor.Where(span.Abs() <= WidestHalf, median, double.NaN);
    }
}
