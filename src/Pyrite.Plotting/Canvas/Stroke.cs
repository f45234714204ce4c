namespace Pyrite.Plotting.Canvas;

/// <summary>The shape of a line: its width, round or flat ends, and dashes (drawn, left out, … in pixels; null for none).</summary>
internal readonly record struct Stroke(double Width, bool RoundEnds = true, double[]? Dashes = null)
{
    public static Stroke Line(double width, LineStyle style) => style switch
    {
        LineStyle.Dashed => new Stroke(width, RoundEnds: false, [4 * width, 2.5 * width]),
        LineStyle.Dotted => new Stroke(width, RoundEnds: true, [0.01, 2.2 * width]),
        _ => new Stroke(width),
    };
}
