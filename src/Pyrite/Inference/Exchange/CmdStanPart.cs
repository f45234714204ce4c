using System.Globalization;
using Pyrite.Language.Sites;
using Pyrite.Text;

namespace Pyrite.Inference.Exchange;

/// <summary>The comment that tells of which entries of the data a column is: arrays of a CmdStan file are whole and numbered from 1, missing entries
/// of a partly observed site are few and anywhere.</summary>
/// <remarks><c># y_unobserved.entries = 17 40 of 200</c>: column <c>y_unobserved.1</c> is entry 17 of the data, counted from 0, as in
/// <see cref="DrawsVariable.ScalarNames"/>.</remarks>
internal static class CmdStanPart
{
    private const string Ending = ".entries";

    /// <summary>The comments on some quantities.</summary>
    public static IEnumerable<string> Lines(IEnumerable<(string Name, BatchPart? Part)> quantities) =>
        quantities.Where(quantity => quantity.Part is not null)
        .Select(
            quantity =>
                $"# {quantity.Name}{Ending} = {string.Join(' ', quantity.Part!.Names)} of {NumberList.Text(quantity.Part.Batch.Sizes.ToArray(),
                    ",")}");

    /// <summary>Whether the name of a setting is that of such a comment.</summary>
    public static bool IsKey(string name) => name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>What a comment says of a quantity; null where there is none, or it does not suit the quantity.</summary>
    /// <param name="settings">The comments by name.</param>
    /// <param name="name">The quantity.</param>
    /// <param name="count">How many entries it has along its first axis; 0 for a scalar.</param>
    public static BatchPart? Of(IReadOnlyDictionary<string, string> settings, string name, int count)
    {
        if (!settings.TryGetValue(name + Ending, out string? text) || text.Split(" of ") is not [string entries, string whole]
            || Numbers(whole) is not { } batch)
        {
            return null;
        }
        List<int> places = [];
        foreach (string entry in entries.Split(' '))
        {
            int[]? index = Numbers(entry);
            if (index is null || index.Length != batch.Length || index.Zip(batch).Any(pair => pair.First >= pair.Second))
            {
                return null;
            }
            places.Add(index.Zip(batch).Aggregate(0, (place, pair) => (place * pair.Second) + pair.First));
        }
        return places.Count == count ? new BatchPart(Shape.Create(batch), [.. places]) : null;
    }

    private static int[]? Numbers(string text)
    {
        int[] numbers =
            [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        return numbers.Contains(-1) ? null : numbers;
    }
}
