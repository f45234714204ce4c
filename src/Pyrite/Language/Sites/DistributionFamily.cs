namespace Pyrite.Language.Sites;

/// <summary>The family inside a distribution.</summary>
internal static class DistributionFamily
{
    /// <summary>What stands inside of <c>ToEvent</c>, <c>Expand</c> and <c>Mask</c>, which only repeat it or count it differently.</summary>
    public static Distribution Of(Distribution distribution) => distribution switch
    {
        Independent independent => Of(independent.Base),
        Expanded expanded => Of(expanded.Base),
        Masked masked => Of(masked.Base),
        _ => distribution,
    };
}
