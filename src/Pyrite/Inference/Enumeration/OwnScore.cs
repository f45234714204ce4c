namespace Pyrite.Inference.Enumeration;

/// <summary>The log-probabilities that an enumerated site gives to its own values.</summary>
internal static class OwnScore
{
    /// <summary>The score by way of the values in their order, or of the distribution before it was repeated in plates: the same numbers as the score
    /// of all values in all rows, without a table of them.</summary>
    /// <returns>A lifted tensor of the site's batch shape; null where the score itself is to be taken.</returns>
    public static Tensor? Of(LiftingScope scope, EnumeratedSite own)
    {
        SampleSite site = own.Site;
        if (site.Mask is not null || own.Possible is not null)
        {
            return null;
        }
        Distribution narrow = site.Distribution is Expanded expanded ? expanded.Base : site.Distribution;
        Tensor? table = narrow switch
        {
            Categorical categorical => categorical.Logits,
            OneHotCategorical categorical => categorical.Logits,
            _ => null,
        };
        return table is null ? null : scope.LiftLast(table, own.Axis, own.Batch, site.Distribution.EventShape.Rank);
    }
}
