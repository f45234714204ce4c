using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Text;

namespace Pyrite.Plotting.Charts;

/// <summary>A plot's frame in a rectangle of a picture: margins, grid, axes, ticks and titles, and the way from values to pixels.</summary>
internal sealed class AxesPanel
{
    // Keeps absurdly far points finite in files and loops, without bending a line that can be seen.
    private const double FarthestPixel = 1e7;
    private const double PixelsPerXInterval = 84;
    private const double PixelsPerYInterval = 46;

    private readonly Rect area;
    private readonly AxesSpec spec;
    private readonly ChartStyle style;
    private readonly AxisMap x;
    private readonly AxisMap y;
    private readonly TickSet xTicks;
    private readonly TickSet yTicks;

    public AxesPanel(Rect area, AxesSpec spec)
    {
        this.area = area;
        this.spec = spec;
        style = ChartStyle.For(area);
        (x, y) = (spec.X, spec.Y);
        yTicks = ChooseYTicks();
        Plot = FitPlot();
        if (spec.EqualAspect)
        {
            (x, y) = EqualUnits();
            yTicks = ChooseYTicks();
            Plot = FitPlot();           // the new labels may be wider than the old, which narrows the plot
            (x, y) = EqualUnits();
            yTicks = ChooseYTicks();
        }

        xTicks = spec.XTicks ?? ChooseXTicks();
    }

    /// <summary>The rectangle inside the axes.</summary>
    public Rect Plot { get; }

    private double Top => area.Top + ChartStyle.OuterMargin
        + (spec.Title.Length == 0 ? 4 : (StrokeFont.CapHeight * style.TitleSize) + ChartStyle.OuterMargin);

    private double Bottom => area.Bottom - ChartStyle.OuterMargin - ChartStyle.TickLength - ChartStyle.Gap - (StrokeFont.CapHeight * style.TickSize)
        - (spec.XLabel.Length == 0 ? 0 : (StrokeFont.CapHeight * style.LabelSize) + 15);

    /// <summary>Where a value is drawn.</summary>
    public CanvasPoint Map(double xValue, double yValue) => new(MapX(xValue), MapY(yValue));

    public double MapX(double value) => Math.Clamp(Plot.Left + (x.ToUnit(value) * Plot.Width), -FarthestPixel, FarthestPixel);

    public double MapY(double value) => Math.Clamp(Plot.Bottom - (y.ToUnit(value) * Plot.Height), -FarthestPixel, FarthestPixel);

    /// <summary>Draws what lies below the data: the grid.</summary>
    public void DrawBackground(ICanvas canvas)
    {
        if (!spec.HasGrid)
        {
            return;
        }

        var grid = new VectorPath();
        foreach (Tick tick in xTicks.Major)
        {
            double at = Crisp(MapX(tick.Value));
            grid.MoveTo(at, Plot.Top).LineTo(at, Plot.Bottom);
        }

        foreach (Tick tick in yTicks.Major)
        {
            double at = Crisp(MapY(tick.Value));
            grid.MoveTo(Plot.Left, at).LineTo(Plot.Right, at);
        }

        Hairline(canvas, grid, ChartStyle.GridLine);
    }

    /// <summary>Draws what lies above the data: axes, ticks, labels, titles and the note.</summary>
    public void DrawForeground(ICanvas canvas)
    {
        double left = Crisp(Plot.Left), bottom = Crisp(Plot.Bottom);
        VectorPath lines = new VectorPath().MoveTo(left, Plot.Top).LineTo(left, bottom).MoveTo(left - 0.5, bottom).LineTo(Plot.Right, bottom);
        AddTickMarks(lines, left, bottom);
        Hairline(canvas, lines, ChartStyle.AxisLine);
        foreach (Tick tick in xTicks.Major)
        {
            double baseline = bottom + ChartStyle.TickLength + ChartStyle.Gap + (StrokeFont.CapHeight * style.TickSize);
            canvas.DrawText(tick.Label, new CanvasPoint(MapX(tick.Value), baseline), style.TickSize, ChartStyle.Text, TextAnchor.Middle);
        }

        foreach (Tick tick in yTicks.Major)
        {
            double baseline = MapY(tick.Value) + (0.5 * StrokeFont.CapHeight * style.TickSize);
            canvas.DrawText(tick.Label, new CanvasPoint(left - ChartStyle.TickLength - ChartStyle.Gap, baseline), style.TickSize, ChartStyle.Text,
                TextAnchor.End);
        }

        DrawTitles(canvas);
    }

    private static void Hairline(ICanvas canvas, VectorPath path, Rgb color)
    {
        if (!path.IsEmpty)
        {
            canvas.StrokePath(path, new Stroke(1, RoundEnds: false), new Paint(color));
        }
    }

    // The middle of a pixel, so that a line of width 1 fills one pixel and not two halves.
    private static double Crisp(double position) => Math.Floor(position) + 0.5;

    private void AddTickMarks(VectorPath lines, double left, double bottom)
    {
        foreach (Tick tick in xTicks.Major)
        {
            AddXMark(lines, tick.Value, bottom, ChartStyle.TickLength);
        }

        foreach (double value in xTicks.Minor)
        {
            AddXMark(lines, value, bottom, 0.6 * ChartStyle.TickLength);
        }

        foreach (Tick tick in yTicks.Major)
        {
            AddYMark(lines, tick.Value, left, ChartStyle.TickLength);
        }

        foreach (double value in yTicks.Minor)
        {
            AddYMark(lines, value, left, 0.6 * ChartStyle.TickLength);
        }
    }

    private void AddXMark(VectorPath lines, double value, double bottom, double length)
    {
        double at = Crisp(MapX(value));
        lines.MoveTo(at, bottom).LineTo(at, bottom + length);
    }

    private void AddYMark(VectorPath lines, double value, double left, double length)
    {
        double at = Crisp(MapY(value));
        lines.MoveTo(left, at).LineTo(left - length, at);
    }

    private void DrawTitles(ICanvas canvas)
    {
        double titleSize = SizeToFit(spec.Title, style.TitleSize, area.Width - (2 * ChartStyle.OuterMargin));
        double halfTitle = 0.5 * StrokeFont.Measure(spec.Title, titleSize);
        double titleMiddle = Math.Max(
            Math.Min(Plot.CentreX, area.Right - ChartStyle.OuterMargin - halfTitle), area.Left + ChartStyle.OuterMargin + halfTitle);
        double titleBaseline = area.Top + ChartStyle.OuterMargin + (StrokeFont.CapHeight * style.TitleSize);
        canvas.DrawText(spec.Title, new CanvasPoint(titleMiddle, titleBaseline), titleSize, ChartStyle.Text, TextAnchor.Middle, bold: true);

        double labelBaseline = area.Bottom - ChartStyle.OuterMargin;
        canvas.DrawText(
            spec.XLabel, new CanvasPoint(Plot.CentreX, labelBaseline), SizeToFit(spec.XLabel, style.LabelSize, Plot.Width), ChartStyle.Text,
                TextAnchor.Middle);
        canvas.DrawText(
            spec.YLabel,
            new CanvasPoint(area.Left + ChartStyle.OuterMargin + (StrokeFont.CapHeight * style.LabelSize), Plot.CentreY),
            SizeToFit(spec.YLabel, style.LabelSize, Plot.Height),
            ChartStyle.Text,
            TextAnchor.Middle,
            upright: true);
        canvas.DrawText(
            spec.Note, new CanvasPoint(area.Right - ChartStyle.OuterMargin, area.Bottom - 6), 0.8 * style.TickSize, ChartStyle.Faint, TextAnchor.End);
    }

    private static double SizeToFit(string text, double size, double width)
    {
        double needed = StrokeFont.Measure(text, size);
        return needed > width && width > 0 ? size * width / needed : size;
    }

    private (AxisMap X, AxisMap Y) EqualUnits()
    {
        double xScale = spec.X.HalfLength / Plot.Width, yScale = spec.Y.HalfLength / Plot.Height;
        return xScale > yScale ? (spec.X, spec.Y.Stretch(xScale / yScale)) : (spec.X.Stretch(yScale / xScale), spec.Y);
    }

    private Rect FitPlot()
    {
        double labelWidth = spec.YLabel.Length == 0 ? 0 : style.LabelSize + 10;
        double left = ChartStyle.OuterMargin + labelWidth + WidestLabel(yTicks) + ChartStyle.Gap + ChartStyle.TickLength;
        double right = spec.ReservedRight > 0 ? spec.ReservedRight + 4 : ChartStyle.OuterMargin + 10;
        return Rect.FromEdges(
            Math.Round(area.Left + left), Math.Round(Top), Math.Round(area.Right - right), Math.Round(Bottom)) is { Width: >= 1, Height: >= 1 } plot
            ? plot
            : new Rect(Math.Round(area.CentreX), Math.Round(area.CentreY), 1, 1);       // no room for more than the labels
    }

    private TickSet ChooseYTicks() => spec.YTicks ?? y.Ticks(Math.Max(2, (int)((Bottom - Top) / PixelsPerYInterval)));

    private TickSet ChooseXTicks()
    {
        int intervals = Math.Max(2, (int)(Plot.Width / PixelsPerXInterval));
        TickSet ticks = x.Ticks(intervals);
        while (intervals > 1 && Plot.Width / Math.Max(1, ticks.Major.Count) < WidestLabel(ticks) + style.TickSize)
        {
            ticks = x.Ticks(--intervals);
        }

        return ticks;
    }

    private double WidestLabel(TickSet ticks)
    {
        double widest = 0;
        foreach (Tick tick in ticks.Major)
        {
            widest = Math.Max(widest, StrokeFont.Measure(tick.Label, style.TickSize));
        }

        return widest;
    }
}
