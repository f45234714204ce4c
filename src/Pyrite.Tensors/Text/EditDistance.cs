namespace Pyrite.Text;

/// <summary>How far apart two names are, to suggest the one that was meant.</summary>
internal static class EditDistance
{
    /// <summary>The number of insertions, deletions and replacements between two names (Levenshtein 1966).</summary>
    public static int Between(string a, string b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }

    /// <summary>Each name once, the nearest first.</summary>
    public static string[] Order(string name, IEnumerable<string> candidates) =>
        [.. candidates.Distinct().OrderBy(candidate => Between(candidate, name)).ThenBy(candidate => candidate, StringComparer.Ordinal)];
}
