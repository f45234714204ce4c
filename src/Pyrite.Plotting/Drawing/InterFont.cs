using ScottPlot;
using SkiaSharp;

namespace Pyrite.Plotting.Drawing;

/// <summary>The font that travels with the library, so that all machines draw the same.</summary>
internal sealed class InterFont : IFontResolver
{
    public const string Name = "Inter";

    public static SKTypeface Regular { get; } = Load("Inter-Regular.otf");

    public static SKTypeface Bold { get; } = Load("Inter-SemiBold.otf");

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant != FontSlant.Upright);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? bold ? Bold : Regular : null;

    private static SKTypeface Load(string file)
    {
        using Stream stream = typeof(InterFont).Assembly.GetManifestResourceStream(file)!;
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
