using SkiaSharp;

namespace Pyrite.Plotting.Drawing;

/// <summary>Draws diagrams on Skia's canvases.</summary>
internal sealed class SkiaDiagramPainter(SKCanvas canvas) : IDiagramPainter
{
    private const float LineWidth = 1.3f;

    private static readonly SKColor Line = SKColor.Parse("#374151");
    private static readonly SKColor BoxLine = SKColor.Parse("#9ca3af");
    private static readonly SKColor Fill = SKColor.Parse("#d1d5db");

    public void Rectangle(double left, double top, double width, double height, double radius, DiagramInk ink)
    {
        using SKPath path = new();
        path.AddRoundRect(SKRect.Create((float)left, (float)top, (float)width, (float)height), (float)radius, (float)radius);
        Shape(path, ink);
    }

    public void Ellipse(double left, double top, double width, double height, DiagramInk ink)
    {
        using SKPath path = new();
        path.AddOval(SKRect.Create((float)left, (float)top, (float)width, (float)height));
        Shape(path, ink);
    }

    public void Arrow(string line, string head, string label)
    {
        using SKPath curve = SKPath.ParseSvgPathData(line), tip = SKPath.ParseSvgPathData(head);
        Stroke(curve, Line, isDashed: false);
        using SKPaint paint = new() { Color = Line, IsAntialias = true };
        canvas.DrawPath(tip, paint);
    }

    public void Text(string text, double x, double baseline, double size, bool isName, bool endsAtX)
    {
        using SKFont font = new(isName ? InterFont.Bold : InterFont.Regular, (float)size) { Subpixel = true };
        using SKPaint paint = new() { Color = (isName ? Theme.Ink : Theme.Faint).ToSKColor(), IsAntialias = true };
        canvas.DrawText(text, (float)x, (float)baseline, endsAtX ? SKTextAlign.Right : SKTextAlign.Center, font, paint);
    }

    public void BeginGroup(string title)
    {
    }

    public void EndGroup()
    {
    }

    private void Shape(SKPath path, DiagramInk ink)
    {
        if (ink != DiagramInk.Box)
        {
            using SKPaint filling = new() { Color = ink == DiagramInk.Filled ? Fill : SKColors.White, IsAntialias = true };
            canvas.DrawPath(path, filling);
        }
        Stroke(path, ink == DiagramInk.Box ? BoxLine : Line, ink == DiagramInk.Dashed);
    }

    private void Stroke(SKPath path, SKColor color, bool isDashed)
    {
        using SKPathEffect? dashes = isDashed ? SKPathEffect.CreateDash([4, 3], 0) : null;
        using SKPaint paint = new()
        {
            Color = color,
            IsAntialias = true,
            IsStroke = true,
            StrokeWidth = LineWidth,
            StrokeCap = SKStrokeCap.Round,
            PathEffect = dashes,
        };
        canvas.DrawPath(path, paint);
    }
}
