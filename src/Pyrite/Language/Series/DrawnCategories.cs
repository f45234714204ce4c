using Pyrite.Language.Sites;

namespace Pyrite.Language.Series;

/// <summary>Numbers of categories, which are indices.</summary>
internal static class DrawnCategories
{
    /// <summary>A value as the distribution draws it: categories are Int64.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="value">Any value; whole numbers for a Categorical may have another type.</param>
    public static Tensor AsDrawn(Distribution distribution, Tensor value) => DistributionFamily.Of(distribution) switch
    {
        SeriesDistribution series => AsDrawn(series.Law, value),
        Categorical when value.DType.IsFloatingPoint && value.EqualTo(value.Floor()).All() => value.To(DType.Int64),
        _ => value,
    };
}
