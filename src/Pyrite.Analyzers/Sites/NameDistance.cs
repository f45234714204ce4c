namespace Pyrite.Analyzers.Sites;

/// <summary>How far names are from each other, in letters to insert, remove or change (Levenshtein 1966).</summary>
internal static class NameDistance
{
    /// <summary>The nearest name, or null where none is near enough to be meant: more than half of the letters differ.</summary>
    public static string? Nearest(string name, IEnumerable<string> among) => among
        .Select(other => (Name: other, Distance: Between(name.ToLowerInvariant(), other.ToLowerInvariant())))
        .Where(other => 2 * other.Distance <= Math.Max(name.Length, other.Name.Length))
        .OrderBy(other => other.Distance).ThenBy(other => other.Name, StringComparer.Ordinal)
        .Select(other => other.Name)
        .FirstOrDefault();

    public static int Between(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 0; i < one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < other.Length; j++)
            {
                int change = diagonal + (one[i] == other[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(change, 1 + Math.Min(diagonal, row[j]));
            }
        }
        return row[other.Length];
    }
}
