namespace Pyrite.Text;

/// <summary>Tells what names there are, the ones that were probably meant first.</summary>
internal static class NearestNames
{
    private const int MostShown = 8;

    /// <summary>A sentence with the nearest of the names there are.</summary>
    public static string Sentence(string name, IEnumerable<string> candidates)
    {
        string[] names = EditDistance.Order(name, candidates);
        return names.Length switch
        {
            0 => "It has no sites.",
            <= MostShown => $"It has {List(names)}.",
            _ => $"The nearest of its {names.Length} names are {List(names)}.",
        };
    }

    /// <summary>The nearest names in quotes.</summary>
    public static string List(string name, IEnumerable<string> candidates) => List(EditDistance.Order(name, candidates));

    /// <summary>A remark such as <c> (near: conv1.weight)</c>, or nothing where no candidate is near.</summary>
    public static string Suggest(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int shortest = Math.Max(2, name.Length / 2) + 1;
        foreach (string candidate in candidates)
        {
            int distance = EditDistance.Between(name, candidate);
            if (distance < shortest)
            {
                (best, shortest) = (candidate, distance);
            }
        }
        return best is null ? "" : $" (near: {best})";
    }

    private static string List(string[] names) => string.Join(", ", names.Take(MostShown).Select(n => $"\"{n}\""));
}
