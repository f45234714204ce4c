using Pyrite.Inference.Diagnostics;

namespace Pyrite.Inference.Exchange;

/// <summary>The comment that tells what the axes of a quantity and their entries are called, which columns with numbers cannot.</summary>
/// <remarks><c># theta.axes = {"dimensions":["schools"],"entries":[["Choate","Deerfield"]]}</c></remarks>
internal static class CmdStanAxes
{
    private const string Ending = ".axes";

    /// <summary>The comments on some quantities; none on those without names.</summary>
    public static IEnumerable<string> Lines(
        IEnumerable<(string Name, IReadOnlyList<string> Dimensions, IReadOnlyList<IReadOnlyList<string>?> Entries)> quantities) =>
        quantities.Select(quantity => (quantity.Name, Text: AxesJson.Text(quantity.Name, quantity.Dimensions, quantity.Entries)))
            .Where(quantity => quantity.Text is not null).Select(quantity => $"# {quantity.Name}{Ending} = {quantity.Text}");

    /// <summary>Whether the name of a setting is that of such a comment.</summary>
    public static bool IsKey(string name) => name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.Ordinal);

    /// <summary>A quantity with the names that comments give it.</summary>
    public static DrawsVariable Named(IReadOnlyDictionary<string, string> settings, DrawsVariable variable) =>
        AxesJson.Named(variable, settings.GetValueOrDefault(variable.Name + Ending));
}
