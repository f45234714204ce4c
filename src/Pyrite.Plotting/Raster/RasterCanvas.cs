using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Raster;

/// <summary>A canvas of pixels, <c>density</c> of them to one pixel of the coordinates.</summary>
internal sealed class RasterCanvas : ICanvas
{
    private readonly double density;
    private readonly PixelBuffer pixels;
    private readonly StrokeRasterizer strokes;
    private readonly FillRasterizer fills;
    private readonly Stack<PixelBounds> clips = new();

    public RasterCanvas(int width, int height, int density, Rgb background)
    {
        this.density = density;
        pixels = new PixelBuffer(checked(width * density), checked(height * density), background);
        strokes = new StrokeRasterizer(pixels);
        fills = new FillRasterizer(pixels);
        clips.Push(new PixelBounds(0, 0, pixels.Width, pixels.Height));
    }

    /// <summary>The picture so far, three channels.</summary>
    public PngImage ToImage() => new(pixels.Width, pixels.Height, 3, pixels.Bytes);

    public void FillRectangle(Rect area, Paint paint)
    {
        Rect device = ToDevice(area);
        PixelBounds box = clips.Peek().Touched(device.Left, device.Top, device.Right, device.Bottom);
        for (int y = box.Top; y < box.Bottom; y++)
        {
            double rowShare = Math.Min(device.Bottom, y + 1) - Math.Max(device.Top, y);
            for (int x = box.Left; x < box.Right; x++)
            {
                pixels.Blend(x, y, paint, rowShare * (Math.Min(device.Right, x + 1) - Math.Max(device.Left, x)));
            }
        }
    }

    public void FillCircle(CanvasPoint centre, double radius, Paint paint)
    {
        (double cx, double cy, double r) = (Snap(centre.X * density), Snap(centre.Y * density), radius * density);
        PixelBounds box = clips.Peek().Touched(cx - r - 1, cy - r - 1, cx + r + 1, cy + r + 1);
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int x = box.Left; x < box.Right; x++)
            {
                double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
                double coverage = Math.Clamp(r + 0.5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                if (coverage > 0)
                {
                    pixels.Blend(x, y, paint, coverage);
                }
            }
        }
    }

    public void FillPath(VectorPath path, Paint paint) => fills.Fill(path.Flatten(density), paint, clips.Peek());

    public void StrokePath(VectorPath path, Stroke stroke, Paint paint, string? label = null)
    {
        List<List<CanvasPoint>> lines = path.Flatten(density);
        if (stroke.Dashes is not null)
        {
            lines = DashSplitter.Split(lines, Array.ConvertAll(stroke.Dashes, dash => dash * density));
        }

        strokes.Draw(lines, stroke.Width * density, stroke.RoundEnds, paint, clips.Peek());
    }

    public void DrawImage(Rect area, PngImage image)
    {
        Rect device = ToDevice(area);
        double left = Math.Round(device.Left), top = Math.Round(device.Top);
        double width = Math.Round(device.Right) - left, height = Math.Round(device.Bottom) - top;
        PixelBounds box = clips.Peek().Nearest(device);
        ReadOnlySpan<byte> source = image.Pixels.Span;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            int row = Math.Min(image.Height - 1, (int)((y + 0.5 - top) * image.Height / height));
            for (int x = box.Left; x < box.Right; x++)
            {
                int column = Math.Min(image.Width - 1, (int)((x + 0.5 - left) * image.Width / width));
                int at = ((row * image.Width) + column) * image.Channels;
                Rgb color = image.Channels == 1 ? Rgb.Gray(source[at]) : new Rgb(source[at], source[at + 1], source[at + 2]);
                pixels.Blend(x, y, new Paint(color), 1);
            }
        }
    }

    public void PushClip(Rect area) => clips.Push(clips.Peek().Nearest(ToDevice(area)));

    public void PopClip() => clips.Pop();

    public void BeginGroup(string title)
    {
    }

    public void EndGroup()
    {
    }

    private static double Snap(double position) => Math.Round(position * 256) / 256;

    private Rect ToDevice(Rect area) =>
        Rect.FromEdges(Snap(area.Left * density), Snap(area.Top * density), Snap(area.Right * density), Snap(area.Bottom * density));
}
