using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Text;

namespace Pyrite.Plotting.Charts;

/// <summary>A strip of a colour map with ticks, right of a plot.</summary>
internal sealed class ColorBar
{
    private const double StripWidth = 16;
    private const double Distance = 16;
    private const double PixelsPerInterval = 46;
    private const int Steps = 256;

    private readonly ColorMap colors;
    private readonly AxisMap values;
    private readonly string label;
    private readonly ChartStyle style;
    private readonly TickSet ticks;
    private readonly double widestLabel;

    public ColorBar(ColorMap colors, AxisMap values, string label, ChartStyle style, double height)
    {
        this.colors = colors;
        this.values = values;
        this.label = label;
        this.style = style;
        ticks = values.Ticks(Math.Max(2, (int)(height / PixelsPerInterval)));
        widestLabel = ticks.Major.Select(tick => StrokeFont.Measure(tick.Label, style.TickSize)).DefaultIfEmpty(0).Max();
    }

    /// <summary>The width it needs right of the plot.</summary>
    public double Width => TextRight + ChartStyle.OuterMargin;

    private double TextRight =>
        Distance + StripWidth + ChartStyle.TickLength + ChartStyle.Gap + widestLabel + (label.Length == 0 ? 0 : style.LabelSize + 8);

    public void Draw(ICanvas canvas, Rect plot)
    {
        byte[] strip = new byte[Steps * 3];
        for (int i = 0; i < Steps; i++)
        {
            (strip[3 * i], strip[(3 * i) + 1], strip[(3 * i) + 2]) = colors.At(1 - (i / (Steps - 1.0)));
        }

        double left = plot.Right + Distance, right = left + StripWidth;
        canvas.BeginGroup("Colour bar");
        canvas.DrawImage(new Rect(left, plot.Top, StripWidth, plot.Height), new PngImage(1, Steps, 3, strip));
        foreach (Tick tick in ticks.Major)
        {
            double at = plot.Bottom - (values.ToUnit(tick.Value) * plot.Height), crisp = Math.Min(Math.Floor(at), plot.Bottom - 1) + 0.5;
            VectorPath mark = new VectorPath().MoveTo(right, crisp).LineTo(right + ChartStyle.TickLength, crisp);
            canvas.StrokePath(mark, new Stroke(1, RoundEnds: false), new Paint(ChartStyle.AxisLine));
            double baseline = at + (0.5 * StrokeFont.CapHeight * style.TickSize);
            canvas.DrawText(tick.Label, new CanvasPoint(right + ChartStyle.TickLength + ChartStyle.Gap, baseline), style.TickSize, ChartStyle.Text);
        }

        canvas.DrawText(label, new CanvasPoint(plot.Right + TextRight, plot.CentreY), style.LabelSize, ChartStyle.Text, TextAnchor.Middle,
            upright: true);
        canvas.EndGroup();
    }
}
