using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Text;

namespace Pyrite.Plotting.Charts;

/// <summary>A list of series with samples, in a corner of the plot or to its right.</summary>
internal sealed class Legend
{
    private const int MostEntriesInside = 6;
    private const double Padding = 9;
    private const double SampleWidth = 22;
    private const double SampleGap = 8;
    private const double Inset = 12;

    private readonly IReadOnlyList<LegendEntry> entries;
    private readonly LegendPosition position;
    private readonly double size;

    public Legend(IReadOnlyList<LegendEntry> entries, LegendPosition position, ChartStyle style)
    {
        this.entries = entries;
        this.position = entries.Count == 0 ? LegendPosition.None
            : position == LegendPosition.Automatic && entries.Count > MostEntriesInside ? LegendPosition.Right
            : position;
        size = style.TickSize;
        double widest = 0;
        foreach (LegendEntry entry in entries)
        {
            widest = Math.Max(widest, StrokeFont.Measure(entry.Label, size));
        }

        Width = (2 * Padding) + SampleWidth + SampleGap + widest;
        Height = (2 * Padding) + (LineHeight * entries.Count) - (LineHeight - size);
    }

    /// <summary>How much of the picture's width the plot must leave to it.</summary>
    public double ReservedRight => position == LegendPosition.Right ? Width + 8 : 0;

    private double Width { get; }

    private double Height { get; }

    private double LineHeight => 1.6 * size;

    /// <summary>Draws the legend; <paramref name="points"/> are asked for only if a corner has to be chosen.</summary>
    public void Draw(ICanvas canvas, Rect plot, Func<IEnumerable<CanvasPoint>> points)
    {
        if (position == LegendPosition.None)
        {
            return;
        }

        Rect box = position switch
        {
            LegendPosition.Right => new Rect(plot.Right + 8, plot.Top - Padding, Width, Height),
            LegendPosition.Automatic => EmptiestCorner(plot, points()),
            _ => Corner(plot, position),
        };
        if (position != LegendPosition.Right)
        {
            canvas.FillRectangle(box, new Paint(ChartStyle.GridLine));
            canvas.FillRectangle(box.Grow(-1), new Paint(Rgb.White));
        }

        canvas.BeginGroup("Legend");
        for (int i = 0; i < entries.Count; i++)
        {
            DrawEntry(canvas, entries[i], box.Left + Padding, box.Top + Padding + (0.5 * size) + (i * LineHeight));
        }

        canvas.EndGroup();
    }

    private void DrawEntry(ICanvas canvas, LegendEntry entry, double left, double middle)
    {
        if (entry.FillOpacity > 0)
        {
            canvas.FillRectangle(new Rect(left + 2, middle - (0.4 * size), SampleWidth - 4, 0.8 * size), new Paint(entry.Color, entry.FillOpacity));
        }

        if (entry.Line is { } line)
        {
            canvas.StrokePath(new VectorPath().MoveTo(left, middle).LineTo(left + SampleWidth, middle), line, new Paint(entry.Color));
        }

        if (entry.Marker is { } marker)
        {
            canvas.DrawMarker(marker, new CanvasPoint(left + (0.5 * SampleWidth), middle), entry.Line is null ? 5 : 3.6, new Paint(entry.Color));
        }

        double baseline = middle + (0.5 * StrokeFont.CapHeight * size);
        canvas.DrawText(entry.Label, new CanvasPoint(left + SampleWidth + SampleGap, baseline), size, ChartStyle.Text);
    }

    private Rect EmptiestCorner(Rect plot, IEnumerable<CanvasPoint> points)
    {
        Rect[] corners =
        [
            Corner(plot, LegendPosition.TopRight), Corner(plot, LegendPosition.TopLeft),
            Corner(plot, LegendPosition.BottomRight), Corner(plot, LegendPosition.BottomLeft),
        ];
        int[] hidden = new int[corners.Length];
        foreach (CanvasPoint point in points)
        {
            for (int i = 0; i < corners.Length; i++)
            {
                hidden[i] += corners[i].Contains(point) ? 1 : 0;
            }
        }

        int best = 0;
        for (int i = 1; i < hidden.Length; i++)
        {
            best = hidden[i] < hidden[best] ? i : best;
        }

        return corners[best];
    }

    private Rect Corner(Rect plot, LegendPosition corner)
    {
        double left = corner is LegendPosition.TopLeft or LegendPosition.BottomLeft ? plot.Left + Inset : plot.Right - Inset - Width;
        double top = corner is LegendPosition.TopLeft or LegendPosition.TopRight ? plot.Top + Inset : plot.Bottom - Inset - Height;
        return new Rect(Math.Floor(left), Math.Floor(top), Math.Ceiling(Width), Math.Ceiling(Height));
    }
}
