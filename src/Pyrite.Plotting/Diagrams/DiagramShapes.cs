using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Diagrams;

/// <summary>Outlines of nodes and boxes.</summary>
internal static class DiagramShapes
{
    /// <summary>The ellipse that fills a rectangle.</summary>
    public static VectorPath Ellipse(Rect area) => Rounded(area, 0.5 * area.Width, 0.5 * area.Height);

    /// <summary>A rectangle with round corners.</summary>
    public static VectorPath Rectangle(Rect area, double radius) => Rounded(area, radius, radius);

    private static VectorPath Rounded(Rect a, double rx, double ry)
    {
        double kx = rx * (1 - VectorPath.CircleKappa), ky = ry * (1 - VectorPath.CircleKappa);
        return new VectorPath()
            .MoveTo(a.Left + rx, a.Top)
            .LineTo(a.Right - rx, a.Top)
            .CurveTo(new CanvasPoint(a.Right - kx, a.Top), new CanvasPoint(a.Right, a.Top + ky), new CanvasPoint(a.Right, a.Top + ry))
            .LineTo(a.Right, a.Bottom - ry)
            .CurveTo(new CanvasPoint(a.Right, a.Bottom - ky), new CanvasPoint(a.Right - kx, a.Bottom), new CanvasPoint(a.Right - rx, a.Bottom))
            .LineTo(a.Left + rx, a.Bottom)
            .CurveTo(new CanvasPoint(a.Left + kx, a.Bottom), new CanvasPoint(a.Left, a.Bottom - ky), new CanvasPoint(a.Left, a.Bottom - ry))
            .LineTo(a.Left, a.Top + ry)
            .CurveTo(new CanvasPoint(a.Left, a.Top + ky), new CanvasPoint(a.Left + kx, a.Top), new CanvasPoint(a.Left + rx, a.Top))
            .Close();
    }
}
