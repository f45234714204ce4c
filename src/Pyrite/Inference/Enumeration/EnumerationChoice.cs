using Pyrite.Language.Sites;

namespace Pyrite.Inference.Enumeration;

/// <summary>How a discrete site is treated, as an option of the site.</summary>
internal sealed record EnumerationChoice(EnumerationKind Kind)
{
    /// <summary>How a latent site is treated.</summary>
    public static EnumerationKind Of(SampleSite site) => site.Options.Find<EnumerationChoice>()?.Kind ?? EnumerationKind.Parallel;

    /// <summary>Whether an objective or sampler that sums out would sum this site out.</summary>
    public static bool IsSummed(SampleSite site) =>
        !site.IsObserved && !site.IsFromPrior && !site.IsAuxiliary && site.Distribution is { IsDiscrete: true, HasReparameterizedSample: false }
        && Of(site) != EnumerationKind.Never && !IsNothing(site);

    /// <summary>Whether the missing entries of a partly observed site are none, and could not be summed out.</summary>
    private static bool IsNothing(SampleSite site) =>
        site.PartMask is not null && BatchPart.Of(site) is { Count: 0 } && !FiniteSupport.Exists(site);
}
