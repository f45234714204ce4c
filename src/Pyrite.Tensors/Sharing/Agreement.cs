using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Pyrite.Sharing;

/// <summary>Compares what ranks hold to be true; what differs is said in the same words on all.</summary>
internal static class Agreement
{
    private const int Shown = 4;

    public static void Require(ProcessGroup group, IReadOnlyList<KeyValuePair<string, string>> facts, string purpose)
    {
        if (group.Size == 1)
        {
            return;
        }
        string what = $"what {purpose} begins with";
        IReadOnlyList<byte[]> all = group.Gather(Encoding.UTF8.GetBytes(string.Join('\0', facts.SelectMany(f => (string[])[f.Key, f.Value]))), what);
        byte[] verdict = group.IsFirst ? Encoding.UTF8.GetBytes(Compare([.. all.Select(Read)], purpose)) : [];
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, verdict.Length);
        group.Share(length, what);
        if (BinaryPrimitives.ReadInt32LittleEndian(length) is > 0 and var count)
        {
            verdict = group.IsFirst ? verdict : new byte[count];
            group.Share(verdict, what);
            throw new InvalidOperationException(Encoding.UTF8.GetString(verdict));
        }
    }

    private static List<KeyValuePair<string, string>> Read(byte[] facts)
    {
        string[] parts = facts.Length == 0 ? [] : Encoding.UTF8.GetString(facts).Split('\0');
        return [.. Enumerable.Range(0, parts.Length / 2).Select(i => KeyValuePair.Create(parts[2 * i], parts[(2 * i) + 1]))];
    }

    private static string Compare(List<KeyValuePair<string, string>>[] ranks, string purpose)
    {
        List<string> differences = [];
        Dictionary<string, string>[] values = [.. ranks.Select(facts => facts.ToDictionary(fact => fact.Key, fact => fact.Value))];
        foreach (string name in ranks.SelectMany(facts => facts.Select(fact => fact.Key)).Distinct())
        {
            string[] found = [.. values.Select(facts => facts.GetValueOrDefault(name, "missing"))];
            IGrouping<string, int>[] kinds = [.. Enumerable.Range(0, found.Length).GroupBy(rank => found[rank])];
            if (kinds.Length > 1)
            {
                differences.Add($"{name}: {string.Join(", ", kinds.Select(kind => $"{kind.Key} on {Ranks([.. kind])}"))}");
            }
        }
        string more = differences.Count > Shown ? $"; and {differences.Count - Shown} more" : "";
        return differences.Count == 0 ? ""
            : $"The {ranks.Length} processes of {purpose} must begin alike, and differ in {string.Join("; ", differences.Take(Shown))}{more}. "
                + "Start the same program with the same settings and files on all of them.";
    }

    private static string Ranks(List<int> ranks)
    {
        string more = ranks.Count > Shown ? $" and {ranks.Count - Shown} more" : "";
        string shown = string.Join(", ", ranks.Take(Shown).Select(rank => rank.ToString(CultureInfo.InvariantCulture)));
        return $"rank{(ranks.Count == 1 ? "" : "s")} {shown}{more}";
    }
}
