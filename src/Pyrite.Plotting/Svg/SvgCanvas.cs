using System.Globalization;
using System.Text;
using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Svg;

/// <summary>A canvas that writes SVG without identifiers, scripts or fonts, so that it can be pasted into any page.</summary>
internal sealed class SvgCanvas : ICanvas
{
    private readonly StringBuilder text = new();

    public SvgCanvas(int width, int height, string title, Rgb background)
    {
        string name = XmlText.Escape(title);
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" ");
        text.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{name}\">\n<title>{name}</title>\n");
        FillRectangle(new Rect(0, 0, width, height), new Paint(background));
    }

    /// <summary>The whole document.</summary>
    public string ToDocument() => text + "</svg>\n";

    public void FillRectangle(Rect area, Paint paint) =>
        text.Append("<rect").Append(Box(area)).Append(Fill(paint)).Append("/>\n");

    public void FillCircle(CanvasPoint centre, double radius, Paint paint) =>
        text.Append(CultureInfo.InvariantCulture,
            $"<circle cx=\"{SvgNumber.Format(centre.X)}\" cy=\"{SvgNumber.Format(centre.Y)}\" r=\"{SvgNumber.Format(radius)}\"{Fill(paint)}/>\n");

    public void FillPath(VectorPath path, Paint paint)
    {
        text.Append("<path").Append(Fill(paint)).Append(" d=\"");
        AppendPath(path);
        text.Append("\"/>\n");
    }

    public void StrokePath(VectorPath path, Stroke stroke, Paint paint, string? label = null)
    {
        text.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{paint.Color}\" stroke-width=\"{SvgNumber.Format(stroke.Width)}\"");
        if (paint.Opacity < 1)
        {
            text.Append(CultureInfo.InvariantCulture, $" stroke-opacity=\"{SvgNumber.Format(paint.Opacity)}\"");
        }

        if (stroke.RoundEnds)
        {
            text.Append(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        }

        if (stroke.Dashes is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" stroke-dasharray=\"{string.Join(' ', Array.ConvertAll(stroke.Dashes, SvgNumber.Format))}\"");
        }

        if (label is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" role=\"img\" aria-label=\"{XmlText.Escape(label)}\"");
        }

        text.Append(" d=\"");
        AppendPath(path);
        text.Append("\"/>\n");
    }

    public void DrawImage(Rect area, PngImage image) => text
        .Append("<image").Append(Box(area)).Append(" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,")
        .Append(Convert.ToBase64String(image.Encode())).Append("\"/>\n");

    // A nested svg clips what it holds, and needs no identifier as a clipPath would.
    public void PushClip(Rect area)
    {
        string box = $"{SvgNumber.Format(area.Left)} {SvgNumber.Format(area.Top)} {SvgNumber.Format(area.Width)} {SvgNumber.Format(area.Height)}";
        text.Append(CultureInfo.InvariantCulture, $"<svg{Box(area)} viewBox=\"{box}\" overflow=\"hidden\">\n");
    }

    public void PopClip() => text.Append("</svg>\n");

    public void BeginGroup(string title) => text.Append(CultureInfo.InvariantCulture, $"<g><title>{XmlText.Escape(title)}</title>\n");

    public void EndGroup() => text.Append("</g>\n");

    private static string Box(Rect area) =>
        $" x=\"{SvgNumber.Format(area.Left)}\" y=\"{SvgNumber.Format(area.Top)}\" width=\"{SvgNumber.Format(area.Width)}\" "
            + $"height=\"{SvgNumber.Format(area.Height)}\"";

    private static string Fill(Paint paint) =>
        paint.Opacity < 1 ? $" fill=\"{paint.Color}\" fill-opacity=\"{SvgNumber.Format(paint.Opacity)}\"" : $" fill=\"{paint.Color}\"";

    private void AppendPath(VectorPath path)
    {
        int next = 0;
        foreach (PathVerb verb in path.Verbs)
        {
            (char letter, int count) =
                verb switch { PathVerb.Move => ('M', 1), PathVerb.Line => ('L', 1), PathVerb.Curve => ('C', 3), _ => ('Z', 0) };
            text.Append(letter);
            for (int i = 0; i < count; i++)
            {
                CanvasPoint point = path.Points[next++];
                text.Append(i == 0 ? "" : " ").Append(SvgNumber.Format(point.X)).Append(' ').Append(SvgNumber.Format(point.Y));
            }
        }
    }
}
