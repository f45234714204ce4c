using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Diagrams;

/// <summary>Where a layout lies on a canvas, and how large.</summary>
internal readonly record struct DiagramFrame(double Left, double Top, double Scale)
{
    public CanvasPoint Of(CanvasPoint point) => new(Left + (Scale * point.X), Top + (Scale * point.Y));

    public Rect Of(Rect area) => new(Left + (Scale * area.Left), Top + (Scale * area.Top), Scale * area.Width, Scale * area.Height);
}
