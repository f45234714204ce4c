namespace Pyrite.Inspection.Diagrams;

/// <summary>An upright rectangle of a diagram, in pixels.</summary>
internal readonly record struct DiagramArea(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double CentreX => Left + (0.5 * Width);

    public double CentreY => Top + (0.5 * Height);

    public static DiagramArea FromEdges(double left, double top, double right, double bottom) =>
        new(left, top, Math.Max(0, right - left), Math.Max(0, bottom - top));

    public bool Contains(DiagramPoint point) => point.X >= Left && point.X <= Right && point.Y >= Top && point.Y <= Bottom;

    public DiagramArea Grow(double margin) => FromEdges(Left - margin, Top - margin, Right + margin, Bottom + margin);
}
