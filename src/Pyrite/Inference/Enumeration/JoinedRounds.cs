namespace Pyrite.Inference.Enumeration;

/// <summary>Puts the rounds of a loop over time together again, whose discrete sites were summed out one by one.</summary>
internal static class JoinedRounds
{
    /// <summary>What a site is called for the user: the rounds of a loop share a name.</summary>
    public static string NameOf(KeptSite site) => site.Round?.Name ?? site.Name;

    /// <summary>The values of sites by their names, [plates, T, event] for those of loops.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="numbers">The numbers of their values, cell by cell.</param>
    public static Dictionary<string, Tensor> Values(IEnumerable<KeptSite> sites, IReadOnlyDictionary<string, int[]> numbers) =>
        Of(sites, site => site.Values(numbers[site.Name]), site => site.Batch.Rank);

    /// <summary>Something of each site by their names; the rounds of a loop side by side along a new axis.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="part">What to put together.</param>
    /// <param name="axis">Where the axis of the rounds stands.</param>
    public static Dictionary<string, Tensor> Of(IEnumerable<KeptSite> sites, Func<KeptSite, Tensor> part, Func<KeptSite, int> axis)
    {
        Dictionary<string, Tensor> found = [];
        foreach (IGrouping<string, KeptSite> group in sites.GroupBy(NameOf))
        {
            KeptSite first = group.First();
            found[group.Key] = first.Round is null ? part(first)
                : Tensor.Stack([.. group.OrderBy(site => site.Round!.Number).Select(part)], axis(first));
        }
        return found;
    }
}
