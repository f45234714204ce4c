using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Raster;

/// <summary>A rectangle of whole pixels; the right and bottom edges are not part of it.</summary>
internal readonly record struct PixelBounds(int Left, int Top, int Right, int Bottom)
{
    public bool IsEmpty => Left >= Right || Top >= Bottom;

    /// <summary>The pixels that a rectangle touches, within these bounds.</summary>
    public PixelBounds Touched(double left, double top, double right, double bottom) => new(
        (int)Math.Clamp(Math.Floor(left), Left, Right),
        (int)Math.Clamp(Math.Floor(top), Top, Bottom),
        (int)Math.Clamp(Math.Ceiling(right), Left, Right),
        (int)Math.Clamp(Math.Ceiling(bottom), Top, Bottom));

    /// <summary>The pixels whose edges lie nearest to those of a rectangle, within these bounds.</summary>
    public PixelBounds Nearest(Rect area) => Touched(
        Math.Round(area.Left), Math.Round(area.Top), Math.Round(area.Right), Math.Round(area.Bottom));
}
