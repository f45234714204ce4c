using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Raster;

/// <summary>Draws anti-aliased lines: a pixel is covered by how far its box, turned towards the line, overlaps the line's width.</summary>
/// <remarks>All pieces of a path share one mask that keeps the largest coverage, so joints are neither darker nor notched.</remarks>
internal sealed class StrokeRasterizer(PixelBuffer pixels)
{
    private readonly byte[] mask = new byte[pixels.Width * pixels.Height];

    public void Draw(List<List<CanvasPoint>> lines, double width, bool roundEnds, Paint paint, PixelBounds clip)
    {
        double halfWidth = 0.5 * width;
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (List<CanvasPoint> line in lines)
        {
            for (int i = 0; i < line.Count; i++)
            {
                left = Math.Min(left, line[i].X);
                right = Math.Max(right, line[i].X);
                top = Math.Min(top, line[i].Y);
                bottom = Math.Max(bottom, line[i].Y);
                if (i > 0 || line.Count == 1)
                {
                    CoverPiece(line[Math.Max(0, i - 1)], line[i], halfWidth, roundEnds, clip);
                }
            }
        }

        if (left <= right)
        {
            double reach = halfWidth + 1;
            BlendMask(clip.Touched(left - reach, top - reach, right + reach, bottom + reach), paint);
        }
    }

    private void CoverPiece(CanvasPoint from, CanvasPoint to, double halfWidth, bool roundEnds, PixelBounds clip)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length == 0 && !roundEnds)
        {
            return;
        }

        (double ux, double uy) = length == 0 ? (1, 0) : (dx / length, dy / length);
        double reach = halfWidth + 0.75;
        PixelBounds box = clip.Touched(
            Math.Min(from.X, to.X) - reach, Math.Min(from.Y, to.Y) - reach, Math.Max(from.X, to.X) + reach, Math.Max(from.Y, to.Y) + reach);
        for (int y = box.Top; y < box.Bottom; y++)
        {
            double py = y + 0.5 - from.Y;
            (int first, int last) = (box.Left, box.Right);
            if (Math.Abs(uy) > 1e-3)       // only the part of the row that lies in the strip around the line
            {
                double centre = from.X + (py * ux / uy), half = (reach / Math.Abs(uy)) + 1;
                first = (int)Math.Clamp(centre - half, box.Left, box.Right);
                last = (int)Math.Clamp(centre + half, box.Left, box.Right);
            }

            for (int x = first; x < last; x++)
            {
                double px = x + 0.5 - from.X;
                double along = (px * ux) + (py * uy), across = Math.Abs((px * uy) - (py * ux));
                double coverage = roundEnds
                    ? Overlap(DistanceToPiece(px, py, along, across, dx, dy, length), halfWidth)
                    : Overlap(across, halfWidth) * Math.Clamp(Math.Min(length, along + 0.5) - Math.Max(0, along - 0.5), 0, 1);
                ref byte cell = ref mask[(y * pixels.Width) + x];
                cell = Math.Max(cell, (byte)((255 * coverage) + 0.5));
            }
        }
    }

    private static double DistanceToPiece(double px, double py, double along, double across, double dx, double dy, double length)
    {
        if (along < 0)
        {
            return Math.Sqrt((px * px) + (py * py));
        }

        return along > length ? Math.Sqrt(((px - dx) * (px - dx)) + ((py - dy) * (py - dy))) : across;
    }

    // The part of [distance - halfWidth, distance + halfWidth] that falls into the pixel, [-1/2, 1/2].
    private static double Overlap(double distance, double halfWidth) =>
        Math.Clamp(Math.Min(distance + halfWidth, 0.5) - Math.Max(distance - halfWidth, -0.5), 0, 1);

    private void BlendMask(PixelBounds area, Paint paint)
    {
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                ref byte cell = ref mask[(y * pixels.Width) + x];
                if (cell != 0)
                {
                    pixels.Blend(x, y, paint, cell / 255.0);
                    cell = 0;
                }
            }
        }
    }
}
