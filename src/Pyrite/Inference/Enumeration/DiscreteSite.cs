namespace Pyrite;

/// <summary>The exact posterior of one discrete site.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Marginals">The probability of each value, [.. batch, K]; of a site that some values of a sequential site have alone, given that it is
/// there. Entries that a mask leaves out have equal probabilities.</param>
/// <param name="Support">The values, [K, .. batch, .. event]; of a sequential site the numbers of its joint values.</param>
public sealed record DiscreteSite(string Name, Tensor Marginals, Tensor Support)
{
    /// <summary>All values by name, the same in every culture.</summary>
    public override string ToString() => RecordText.Of(this);
}
