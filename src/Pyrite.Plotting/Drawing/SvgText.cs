using System.Text.RegularExpressions;

namespace Pyrite.Plotting.Drawing;

/// <summary>Makes Skia's SVG the same every time.</summary>
internal static partial class SvgText
{
    /// <summary>The document with identifiers numbered from 1, which Skia counts through the life of the process, and without the black ground
    /// that ScottPlot's clearing of the canvas becomes.</summary>
    public static string Clean(string text, IPicture picture)
    {
        string ground = FormattableString.Invariant($"<rect width=\"{picture.Width}\" height=\"{picture.Height}\"/>");
        Dictionary<string, string> numbers = [];
        return Identifier().Replace(text.Replace(ground, "", StringComparison.Ordinal), found =>
        {
            string name = found.Value;
            if (!numbers.TryGetValue(name, out string? number))
            {
                number = FormattableString.Invariant($"{name[..name.IndexOf('_', StringComparison.Ordinal)]}_{numbers.Count + 1}");
                numbers.Add(name, number);
            }
            return number;
        });
    }

    [GeneratedRegex("(?<=id=\"|url\\(#|href=\"#)[a-z]+_[0-9a-f]+")]
    private static partial Regex Identifier();
}
