using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Charts;

namespace Pyrite.Plotting;

/// <summary>Named rows with a point, a thick inner interval and a thin outer one: a forest plot.</summary>
/// <remarks>Rows stand from top to bottom in the order given. Rows with a value that is not finite are left out of the drawing, keep their place and
/// are counted.</remarks>
public sealed class IntervalChart : Chart
{
    private const double Margin = 0.04;
    private const double OuterWidth = 1.6;
    private const double InnerWidth = 4.5;
    private const double PointRadius = 4.2;

    private readonly List<Row> rows = [];

    /// <summary>The axis of the values.</summary>
    public Axis XAxis { get; init; } = new();

    /// <summary>A value to mark with a dashed line from top to bottom, such as zero; null for none.</summary>
    public double? Reference { get; init; }

    /// <summary>What the intervals are, in small letters below the axis.</summary>
    public string Note
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = "";

    /// <summary>How many rows cannot be drawn.</summary>
    public int RowsLeftOut => rows.Count(row => !row.CanDraw(XAxis.Scale));

    /// <summary>Adds a row below the others.</summary>
    /// <param name="name">The text left of it.</param>
    /// <param name="centre">Where the point stands.</param>
    /// <param name="inner">The ends of the thick interval.</param>
    /// <param name="outer">The ends of the thin interval.</param>
    /// <param name="color">Its colour; null for the first of the palette.</param>
    /// <returns>This chart.</returns>
    public IntervalChart Add(string name, double centre, (double Low, double High) inner, (double Low, double High) outer, Rgb? color = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        rows.Add(new Row(name, centre, inner, outer, color ?? Palette.Color(0, 1)));
        return this;
    }

    internal override void Draw(ICanvas canvas, Rect area)
    {
        var range = new DataRange(XAxis.Scale);
        foreach (Row row in rows)
        {
            row.IncludeIn(range);
        }

        range.Include(Reference ?? double.NaN);
        var axes = new AxesPanel(area, new AxesSpec(AxisMap.Fit(XAxis, range, Margin, Margin), AxisMap.Exactly(Math.Max(1, rows.Count) - 0.5, -0.5))
        {
            Title = Title,
            XLabel = XAxis.Label,
            YTicks = new TickSet(rows.ConvertAll(row => new Tick(rows.IndexOf(row), row.Name)), []),
            Note = RowsLeftOut > 0 ? PointFilter.Note(RowsLeftOut, rows.Count, "rows") : Note,
        });
        axes.DrawBackground(canvas);
        canvas.PushClip(axes.Plot.Grow(1));
        if (Reference is { } reference && DataRange.CanDraw(XAxis.Scale, reference))
        {
            double x = axes.MapX(reference);
            canvas.StrokePath(new VectorPath().MoveTo(x, axes.Plot.Top).LineTo(x, axes.Plot.Bottom), Stroke.Line(1.5, LineStyle.Dashed),
                new Paint(ChartStyle.Faint));
        }

        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].CanDraw(XAxis.Scale))
            {
                canvas.BeginGroup(rows[i].Name);
                rows[i].Draw(canvas, axes, i);
                canvas.EndGroup();
            }
        }

        canvas.PopClip();
        axes.DrawForeground(canvas);
    }

    private sealed class Row(string name, double centre, (double Low, double High) inner, (double Low, double High) outer, Rgb color)
    {
        public string Name => name;

        public bool CanDraw(AxisScale scale) =>
            DataRange.CanDraw(scale, centre) && DataRange.CanDraw(scale, inner.Low) && DataRange.CanDraw(scale, inner.High)
            && DataRange.CanDraw(scale, outer.Low) && DataRange.CanDraw(scale, outer.High);

        public void IncludeIn(DataRange range)
        {
            if (CanDraw(range.Scale))
            {
                range.Include(centre);
                range.Include(outer.Low);
                range.Include(outer.High);
            }
        }

        public void Draw(ICanvas canvas, AxesPanel axes, int index)
        {
            Line(canvas, axes, index, outer, OuterWidth);
            Line(canvas, axes, index, inner, InnerWidth);
            canvas.FillCircle(axes.Map(centre, index), PointRadius + 1.4, new Paint(Rgb.White));
            canvas.FillCircle(axes.Map(centre, index), PointRadius, new Paint(color));
        }

        private void Line(ICanvas canvas, AxesPanel axes, int index, (double Low, double High) ends, double width)
        {
            CanvasPoint from = axes.Map(ends.Low, index), to = axes.Map(ends.High, index);
            canvas.StrokePath(new VectorPath().MoveTo(from.X, from.Y).LineTo(to.X, to.Y), new Stroke(width), new Paint(color));
        }
    }
}
