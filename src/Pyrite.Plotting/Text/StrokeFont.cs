using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Text;

/// <summary>The library's own font of strokes: the same letters in every picture, on every machine.</summary>
/// <remarks>Printable ASCII, some signs (× ± − ° µ …), some Greek letters and raised figures; other characters become an empty box.</remarks>
internal static class StrokeFont
{
    /// <summary>The height of capitals and figures, as a share of the size.</summary>
    public const double CapHeight = 0.72;

    /// <summary>How far tails reach below the baseline, as a share of the size.</summary>
    public const double Descent = 0.25;

    private const string Exponents = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const double ExponentScale = 0.66;
    private const double ExponentLift = 36;
    private const double Tracking = 1.5;

    private static readonly Glyph Missing = new(56, "M10 0H46V72H10Z");
    private static readonly Dictionary<char, Glyph> Glyphs = LoadGlyphs();

    public static bool Has(char character) => Glyphs.ContainsKey(character);

    /// <summary>The width of one line of text in pixels.</summary>
    public static double Measure(string text, double size)
    {
        double advance = 0;
        foreach (char character in text)
        {
            advance += Find(character).Advance + Tracking;
        }

        return advance * size / 100;
    }

    /// <summary>The strokes of one line of text that starts at a point of the baseline, and runs upwards where <paramref name="upright"/>.</summary>
    public static VectorPath Outline(string text, CanvasPoint start, double size, bool upright = false)
    {
        var path = new VectorPath();
        double unit = size / 100, advance = 0;
        foreach (char character in text)
        {
            Glyph glyph = Find(character);
            double offset = advance;
            glyph.AppendTo(path, upright
                ? point => new CanvasPoint(start.X - (point.Y * unit), start.Y - ((offset + point.X) * unit))
                : point => new CanvasPoint(start.X + ((offset + point.X) * unit), start.Y - (point.Y * unit)));
            advance += glyph.Advance + Tracking;
        }

        return path;
    }

    private static Glyph Find(char character) => Glyphs.GetValueOrDefault(character, Missing);

    private static Dictionary<char, Glyph> LoadGlyphs()
    {
        var glyphs = new Dictionary<char, Glyph>();
        foreach ((char character, double advance, string strokes) in GlyphTable.Entries)
        {
            glyphs.Add(character, new Glyph(advance, strokes));
        }

        for (int digit = 0; digit < 10; digit++)
        {
            glyphs.Add(Exponents[digit], glyphs[(char)('0' + digit)].Raised(ExponentScale, ExponentLift));
        }

        glyphs.Add('⁻', glyphs['−'].Raised(ExponentScale, ExponentLift));
        return glyphs;
    }
}
