using Pyrite.Text;

namespace Pyrite.Language.Errors;

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

    private static string List(string[] names) => string.Join(", ", names.Take(MostShown).Select(n => $"\"{n}\""));
}
