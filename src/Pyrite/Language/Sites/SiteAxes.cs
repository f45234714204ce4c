using System.Globalization;

namespace Pyrite.Language.Sites;

/// <summary>What the axes of a site's values are called, and the entries along them.</summary>
/// <param name="Dimensions">One name an axis: plates by theirs.</param>
/// <param name="Names">The names of the entries along each axis; null for an axis whose entries have numbers only.</param>
internal sealed record SiteAxes(string[] Dimensions, IReadOnlyList<string>?[] Names)
{
    /// <summary>The axes of the values of a statement.</summary>
    /// <param name="site">A random variable or a result.</param>
    /// <param name="batchRank">How many of the first axes belong to plates.</param>
    /// <param name="whole">The shape of a value: batch, then event.</param>
    /// <param name="part">Of which entries of the batch the values are, as their first axis; null where that is all of it.</param>
    public static SiteAxes Of(Site site, int batchRank, Shape whole, BatchPart? part) =>
        Of(site.Name, site.Plates, EventNamesOf(site), batchRank, whole, part);

    /// <summary>The axes of values that belong to a statement.</summary>
    /// <param name="name">The statement's name.</param>
    /// <param name="plates">The plates around it.</param>
    /// <param name="events">What the entries of its events are called; null where they have numbers only.</param>
    /// <param name="batchRank">How many of the first axes belong to plates.</param>
    /// <param name="whole">The shape of a value: batch, then event.</param>
    /// <param name="part">Of which entries of the batch the values are, as their first axis; null where that is all of it.</param>
    public static SiteAxes Of(string name, IReadOnlyList<PlateFrame> plates, EventNames? events, int batchRank, Shape whole, BatchPart? part)
    {
        string[] dimensions = new string[whole.Rank];
        IReadOnlyList<string>?[] names = new IReadOnlyList<string>?[whole.Rank];
        for (int axis = 0; axis < whole.Rank; axis++)
        {
            PlateFrame? plate = axis < batchRank ? PlateShape.At(plates, axis - batchRank) : null;
            dimensions[axis] = plate?.Name ?? (axis == batchRank ? events?.FirstAxis : null) ?? Numbered(name, axis);
            names[axis] = axis >= batchRank ? events?.Along(whole[batchRank..], axis - batchRank)
                : plate is { IsGiven: false, Names: { } all } && all.Count == whole[axis] ? all : null;
        }
        if (part is null)
        {
            return new SiteAxes(dimensions, names);
        }
        IReadOnlyList<string>? places = names[..batchRank].Any(one => one is not null) ? [.. part.NamesBy(names[..batchRank])] : null;
        return new SiteAxes(
            [.. Enumerable.Range(0, 1 + whole.Rank - batchRank).Select(axis => Numbered(name, axis))], [places, .. names[batchRank..]]);
    }

    /// <summary>What the entries of a statement's events are called; null where they have numbers only.</summary>
    public static EventNames? EventNamesOf(Site site) => site switch
    {
        SampleSite sample => sample.Options.Find<EventNames>(),
        DeterministicSite result => result.EventNames,
        _ => null,
    };

    /// <summary>What an axis is called that no plate gives a name.</summary>
    public static string Numbered(string name, int axis) => string.Create(CultureInfo.InvariantCulture, $"{name}_dim_{axis}");
}
