namespace Pyrite.Plotting.Canvas;

/// <summary>An upright rectangle on a canvas, in pixels.</summary>
internal readonly record struct Rect(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double CentreX => Left + (0.5 * Width);

    public double CentreY => Top + (0.5 * Height);

    public static Rect FromEdges(double left, double top, double right, double bottom) =>
        new(left, top, Math.Max(0, right - left), Math.Max(0, bottom - top));

    public bool Contains(CanvasPoint point) => point.X >= Left && point.X <= Right && point.Y >= Top && point.Y <= Bottom;

    public Rect Grow(double margin) => FromEdges(Left - margin, Top - margin, Right + margin, Bottom + margin);
}
