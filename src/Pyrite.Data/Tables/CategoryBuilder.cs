namespace Pyrite.Tables;

/// <summary>A column of texts, each kept once.</summary>
internal sealed class CategoryBuilder : ColumnBuilder
{
    private readonly GrowingArray<int> codes = new();
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    public CategoryBuilder() => bySpan = known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Takes a text; null for a missing one.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            AddMissing();
        }
        else
        {
            TryAdd(text);
        }
    }

    public override Column Build(string name)
    {
        string[] labels = [.. known.Keys];
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        Array.Sort(labels, order, StringComparer.Ordinal);
        int[] rank = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }
        return new Column(name, ColumnKind.Category, new Cells<int>(codes.ToArray(code => code < 0 ? -1 : rank[code]), Absent()), labels);
    }

    protected override bool TryAddValue(ReadOnlySpan<char> text)
    {
        if (!bySpan.TryGetValue(text, out int code))
        {
            code = known.Count;
            known.Add(text.ToString(), code);
        }
        codes.Add(code);
        return true;
    }

    protected override void AddDefault() => codes.Add(-1);
}
