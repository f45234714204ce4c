namespace Pyrite.Inspection;

/// <summary>How far apart two names are, to suggest the one that was meant.</summary>
internal static class EditDistance
{
    private const int MostSuggested = 8;

    /// <summary>A sentence with the nearest of the names there are.</summary>
    public static string Nearest(string name, IEnumerable<string> candidates)
    {
        string[] names = [.. candidates.Distinct().OrderBy(candidate => Between(candidate, name)).ThenBy(candidate => candidate, StringComparer.Ordinal)];
        return names.Length switch
        {
            0 => "It has no sites.",
            <= MostSuggested => $"It has {string.Join(", ", names.Select(n => $"\"{n}\""))}.",
            _ => $"The nearest of its {names.Length} names are {string.Join(", ", names.Take(MostSuggested).Select(n => $"\"{n}\""))}.",
        };
    }

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
}
