using System.Text;

namespace Pyrite.Inference.Diagnostics.Summaries;

/// <summary>Rows of text in aligned columns: the first to the left, the others to the right.</summary>
internal sealed class TextTable(params string[] header)
{
    private const string Gap = "  ";

    private readonly List<string[]> rows = [header];

    public void Add(params string[] row) => rows.Add(row);

    /// <summary>The table, one line per row, without spaces at the ends of lines.</summary>
    public override string ToString()
    {
        int[] widths = new int[header.Length];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < widths.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            int start = text.Length;
            for (int i = 0; i < widths.Length; i++)
            {
                text.Append(i == 0 ? row[i].PadRight(widths[i]) : Gap + row[i].PadLeft(widths[i]));
            }
            int end = text.Length;
            while (end > start && text[end - 1] == ' ')
            {
                end--;
            }
            text.Length = end;
            text.Append('\n');
        }
        return text.ToString();
    }
}
