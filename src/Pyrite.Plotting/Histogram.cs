using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Charts;

namespace Pyrite.Plotting;

/// <summary>How often values fall into equally wide bins, for one sample or several over each other.</summary>
/// <remarks>All samples share the bins. A bin holds its left edge, the last one both. Values that are not finite are left out and counted.</remarks>
public sealed class Histogram : Chart
{
    private const int MostBins = 10_000;
    private const double MarginX = 0.03;
    private const double MarginTop = 0.06;

    private readonly List<(string Name, double[] Values, int LeftOut, Rgb? Color)> samples = [];

    /// <summary>The axis of the values; its ends, if given, are those of the bins. It is always linear.</summary>
    public Axis XAxis { get; init; } = new();

    /// <summary>The axis of the counts; its label is "count" or "density" if none is given. It starts at zero unless told otherwise.</summary>
    public Axis YAxis { get; init; } = new();

    /// <summary>How many bins, 1 to 10,000; null to choose by the rules of Freedman and Diaconis, and of Sturges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public int? Bins
    {
        get;
        init => field = value is null or (>= 1 and <= MostBins)
            ? value : throw new ArgumentOutOfRangeException(nameof(Bins), value, $"Expected 1 to {MostBins} bins.");
    }

    /// <summary>Whether bars show density (their areas sum to 1, over all drawable values of a sample) in place of counts.</summary>
    public bool ShowsDensity { get; init; }

    /// <summary>A height to mark with a dashed line across the bars, such as the expected count; null for none.</summary>
    public double? ReferenceHeight { get; init; }

    /// <summary>Where the legend stands; samples without a name are not in it.</summary>
    public LegendPosition Legend { get; init; }

    /// <summary>How many of the values given so far cannot be drawn.</summary>
    public int ValuesLeftOut => samples.Sum(sample => sample.LeftOut);

    /// <summary>Adds a sample; the values are copied.</summary>
    /// <param name="name">Its name in the legend; empty for none.</param>
    /// <param name="values">The values, in any order.</param>
    /// <param name="color">Its colour; null for the next of the palette.</param>
    /// <returns>This chart.</returns>
    public Histogram Add(string name, ReadOnlySpan<double> values, Rgb? color = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        double[] drawable = Array.FindAll(values.ToArray(), value => DataRange.CanDraw(AxisScale.Linear, value));
        samples.Add((name, drawable, values.Length - drawable.Length, color));
        return this;
    }

    internal override void Draw(ICanvas canvas, Rect area)
    {
        HistogramBins bins = FitBins();
        List<double[]> heights = samples.ConvertAll(sample => Heights(sample.Values, bins));
        var legend = new Legend(LegendEntries(), Legend, ChartStyle.For(area));
        AxesPanel axes = FitAxes(area, bins, heights, legend.ReservedRight);
        axes.DrawBackground(canvas);
        canvas.PushClip(axes.Plot.Grow(1));
        for (int i = 0; i < samples.Count; i++)
        {
            canvas.BeginGroup(samples[i].Name);
            DrawBars(canvas, axes, bins, heights[i], ColorOf(i));
            canvas.EndGroup();
        }

        DrawReference(canvas, axes);
        canvas.PopClip();
        axes.DrawForeground(canvas);
        legend.Draw(canvas, axes.Plot, () => heights.SelectMany(height => Tops(axes, bins, height)));
    }

    private HistogramBins FitBins()
    {
        var range = new DataRange(AxisScale.Linear);
        foreach ((_, double[] values, _, _) in samples)
        {
            foreach (double value in values)
            {
                range.Include(value);
            }
        }

        double low = XAxis.Minimum ?? (range.IsEmpty ? Math.Min(0, XAxis.Maximum - 1 ?? 0) : range.Minimum);
        double high = XAxis.Maximum ?? (range.IsEmpty ? low + 1 : range.Maximum);
        return HistogramBins.Fit(samples.ConvertAll(sample => sample.Values), Math.Min(low, high), Math.Max(low, high), Bins);
    }

    private double[] Heights(double[] values, HistogramBins bins)
    {
        double unit = ShowsDensity && values.Length > 0 ? 1 / (values.Length * bins.Width) : 1;
        return Array.ConvertAll(bins.CountValues(values), count => count * unit);
    }

    private AxesPanel FitAxes(Rect area, HistogramBins bins, List<double[]> heights, double reservedRight)
    {
        DataRange xRange = new(AxisScale.Linear), yRange = new(YAxis.Scale);
        xRange.Include(bins.Edge(0));
        xRange.Include(bins.Edge(bins.Count));
        bool isLogarithmic = YAxis.Scale == AxisScale.Logarithmic;
        foreach (double height in heights.SelectMany(height => height).Append(isLogarithmic ? double.NaN : 0))
        {
            yRange.Include(height);
        }

        yRange.Include(ReferenceHeight ?? double.NaN);
        string label = YAxis.Label.Length > 0 ? YAxis.Label : ShowsDensity ? "density" : "count";
        var xAxis = new Axis(XAxis.Label, AxisScale.Linear, XAxis.Minimum, XAxis.Maximum);
        bool isFlat = !isLogarithmic && yRange.Maximum == 0 && YAxis is { Minimum: null, Maximum: null };
        AxisMap y = isFlat ? AxisMap.Exactly(0, 1) : AxisMap.Fit(YAxis, yRange, isLogarithmic ? 0.1 : 0, MarginTop);
        int total = samples.Sum(sample => sample.Values.Length) + ValuesLeftOut;
        return new AxesPanel(area, new AxesSpec(AxisMap.Fit(xAxis, xRange, MarginX, MarginX), y)
        {
            Title = Title,
            XLabel = XAxis.Label,
            YLabel = label,
            ReservedRight = reservedRight,
            Note = PointFilter.Note(ValuesLeftOut, total, "values"),
        });
    }

    private void DrawBars(ICanvas canvas, AxesPanel axes, HistogramBins bins, double[] heights, Rgb color)
    {
        VectorPath outline = new VectorPath().MoveTo(axes.MapX(bins.Edge(0)), axes.Plot.Bottom);
        for (int i = 0; i < bins.Count; i++)
        {
            double top = heights[i] > 0 ? Math.Min(axes.MapY(heights[i]), axes.Plot.Bottom) : axes.Plot.Bottom;
            double left = axes.MapX(bins.Edge(i)), right = axes.MapX(bins.Edge(i + 1));
            outline.LineTo(left, top).LineTo(right, top);
            if (samples.Count == 1 && right - left > 4 && heights[i] > 0)
            {
                // A hair of space between the bars of a lone sample, so that each can be told from the next.
                canvas.FillRectangle(Rect.FromEdges(left + 0.5, top, right - 0.5, axes.Plot.Bottom), new Paint(color, 0.85));
            }
        }

        if (samples.Count > 1 || axes.Plot.Width / bins.Count <= 5)
        {
            outline.LineTo(axes.MapX(bins.Edge(bins.Count)), axes.Plot.Bottom);
            canvas.FillPath(outline, new Paint(color, 0.3));
            canvas.StrokePath(outline, new Stroke(1.5), new Paint(color));
        }
    }

    private void DrawReference(ICanvas canvas, AxesPanel axes)
    {
        if (ReferenceHeight is { } height && DataRange.CanDraw(YAxis.Scale, height))
        {
            double y = axes.MapY(height);
            canvas.StrokePath(new VectorPath().MoveTo(axes.Plot.Left, y).LineTo(axes.Plot.Right, y), Stroke.Line(1.5, LineStyle.Dashed),
                new Paint(ChartStyle.Text));
        }
    }

    private static IEnumerable<CanvasPoint> Tops(AxesPanel axes, HistogramBins bins, double[] heights)
    {
        for (int i = 0; i < bins.Count; i++)
        {
            double x = axes.MapX((0.5 * bins.Edge(i)) + (0.5 * bins.Edge(i + 1)));
            for (double y = heights[i] > 0 ? axes.MapY(heights[i]) : axes.Plot.Bottom; y < axes.Plot.Bottom; y += 10)
            {
                yield return new CanvasPoint(x, y);
            }
        }
    }

    private Rgb ColorOf(int index) => samples[index].Color ?? Palette.Color(index, samples.Count);

    private List<LegendEntry> LegendEntries()
    {
        var entries = new List<LegendEntry>();
        for (int i = 0; i < samples.Count; i++)
        {
            if (samples[i].Name.Length > 0)
            {
                entries.Add(new LegendEntry(samples[i].Name, ColorOf(i), FillOpacity: samples.Count == 1 ? 0.85 : 0.5));
            }
        }

        return entries;
    }
}
