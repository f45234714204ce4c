using System.Globalization;
using System.Text;

namespace Pyrite.Inspection.Diagrams;

/// <summary>Draws a diagram as SVG without identifiers, scripts or fonts, so that it can be pasted into any page.</summary>
internal sealed class SvgDiagramPainter : IDiagramPainter
{
    private const string Fonts = "Inter, 'Helvetica Neue', Arial, sans-serif";

    private readonly StringBuilder text = new();

    public SvgDiagramPainter(int width, int height, string title)
    {
        string name = XmlText.Escape(title);
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" ");
        text.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{name}\" ");
        text.Append(CultureInfo.InvariantCulture, $"font-family=\"{Fonts}\">\n<title>{name}</title>\n");
        text.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    }

    /// <summary>The whole document.</summary>
    public string ToDocument() => text + "</svg>\n";

    public void Rectangle(double left, double top, double width, double height, double radius, DiagramInk ink) => text.Append(
        CultureInfo.InvariantCulture,
        $"<rect x=\"{left:0.##}\" y=\"{top:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\" rx=\"{radius:0.##}\"{Look(ink)}/>\n");

    public void Ellipse(double left, double top, double width, double height, DiagramInk ink) => text.Append(CultureInfo.InvariantCulture,
        $"<ellipse cx=\"{left + (0.5 * width):0.##}\" cy=\"{top + (0.5 * height):0.##}\" rx=\"{0.5 * width:0.##}\" ")
        .Append(CultureInfo.InvariantCulture, $"ry=\"{0.5 * height:0.##}\"{Look(ink)}/>\n");

    public void Arrow(string line, string head, string label)
    {
        text.Append("<path fill=\"none\" stroke=\"#374151\" stroke-width=\"1.3\" stroke-linecap=\"round\" role=\"img\" ");
        text.Append(CultureInfo.InvariantCulture, $"aria-label=\"{XmlText.Escape(label)}\" d=\"{line}\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<path fill=\"#374151\" d=\"{head}\"/>\n");
    }

    public void Text(string text, double x, double baseline, double size, bool isName, bool endsAtX) => this.text.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{x:0.##}\" y=\"{baseline:0.##}\" font-size=\"{size:0.##}\" text-anchor=\"{(endsAtX ? "end" : "middle")}\" ")
        .Append(isName ? "font-weight=\"600\" fill=\"#1f2328\">" : "fill=\"#6b7280\">")
        .Append(XmlText.Escape(text)).Append("</text>\n");

    public void BeginGroup(string title) => text.Append(CultureInfo.InvariantCulture, $"<g><title>{XmlText.Escape(title)}</title>\n");

    public void EndGroup() => text.Append("</g>\n");

    private static string Look(DiagramInk ink) => ink switch
    {
        DiagramInk.Box => " fill=\"none\" stroke=\"#9ca3af\" stroke-width=\"1.3\"",
        DiagramInk.Filled => " fill=\"#d1d5db\" stroke=\"#374151\" stroke-width=\"1.3\"",
        DiagramInk.Dashed => " fill=\"#ffffff\" stroke=\"#374151\" stroke-width=\"1.3\" stroke-dasharray=\"4 3\"",
        _ => " fill=\"#ffffff\" stroke=\"#374151\" stroke-width=\"1.3\"",
    };
}
