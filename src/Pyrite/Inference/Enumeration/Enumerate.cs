using Pyrite.Inference.Enumeration;

namespace Pyrite;

/// <summary>How a discrete latent site is treated where inference sums such sites out: give one as <c>options:</c> of <c>Sample</c>.</summary>
public static class Enumerate
{
    /// <summary>All values at once, as one tensor computation; what is done if nothing is said.</summary>
    public static readonly SiteOptions Parallel = SiteOptions.None.With(new EnumerationChoice(EnumerationKind.Parallel));

    /// <summary>One run of the model for each value: the model may then read the value, and have other sites for other values.</summary>
    public static readonly SiteOptions Sequential = SiteOptions.None.With(new EnumerationChoice(EnumerationKind.Sequential));

    /// <summary>Drawn as any other site, not summed out.</summary>
    public static readonly SiteOptions Never = SiteOptions.None.With(new EnumerationChoice(EnumerationKind.Never));
}
