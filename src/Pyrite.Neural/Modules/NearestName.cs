namespace Pyrite.Modules;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>A remark such as <c> (near: conv1.weight)</c>, or nothing where no candidate is near.</summary>
    public static string Suggest(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int shortest = Math.Max(2, name.Length / 2) + 1;
        foreach (string candidate in candidates)
        {
            int distance = Distance(name, candidate);
            if (distance < shortest)
            {
                (best, shortest) = (candidate, distance);
            }
        }
        return best is null ? "" : $" (near: {best})";
    }

    /// <summary>How many insertions, deletions and replacements lead from one text to the other (Levenshtein 1966).</summary>
    internal static int Distance(string a, string b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
