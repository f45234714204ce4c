using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Charts;

namespace Pyrite.Plotting;

/// <summary>Lines through points, with optional markers and bands.</summary>
/// <remarks>
/// NaN and infinite values (and values at or below zero on logarithmic axes) leave a gap in their line; <see cref="PointsLeftOut"/> counts
/// them, and the chart says so below its axis.
/// </remarks>
public sealed class LineChart : Chart
{
    private const double MarginX = 0.02;
    private const double MarginY = 0.05;

    private readonly List<LineSeries> lines = [];
    private readonly List<Band> bands = [];

    /// <summary>The horizontal axis.</summary>
    public Axis XAxis { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public Axis YAxis { get; init; } = new();

    /// <summary>Where the legend stands; a single series without a name has none.</summary>
    public LegendPosition Legend { get; init; }

    /// <summary>How many of the points given so far cannot be drawn.</summary>
    public int PointsLeftOut =>
        lines.Sum(line => Filter.CountLeftOut(line.X, line.Y)) + bands.Sum(band => Filter.CountLeftOut(band.X, band.Lower, band.Upper));

    private PointFilter Filter => new(XAxis.Scale, YAxis.Scale);

    /// <summary>Adds a line; the values are copied.</summary>
    /// <param name="name">Its name in the legend; empty for none.</param>
    /// <param name="x">Where the points are, in the order in which the line passes them.</param>
    /// <param name="y">Their heights, as many.</param>
    /// <param name="markers">Whether each point gets a dot.</param>
    /// <param name="style">Solid, dashed or dotted.</param>
    /// <param name="color">Its colour; null for the next of the palette.</param>
    /// <param name="width">Its width in pixels at density 1, 0.25 to 20.</param>
    /// <param name="opacity">How much of what lies below it the line hides, above 0 to 1.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentException">There are not as many x as y, or the width or opacity is out of range.</exception>
    public LineChart Add(
        string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool markers = false, LineStyle style = LineStyle.Solid, Rgb? color = null,
            double width = 2, double opacity = 1)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!(width is >= 0.25 and <= 20 && opacity is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(width),
                $"Line \"{name}\": expected a width of 0.25 to 20 pixels and an opacity above 0 and up to 1, found {width} and {opacity}.");
        }

        Lengths.RequireEqual($"line \"{name}\"", ("x", x.Length), ("y", y.Length));
        lines.Add(new LineSeries(name, x.ToArray(), y.ToArray(), markers, style, color, width, opacity));
        return this;
    }

    /// <summary>Adds a line through values at x = 0, 1, 2, …</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{double}, ReadOnlySpan{double}, bool, LineStyle, Rgb?, double, double)"/>
    public LineChart Add(
        string name, ReadOnlySpan<double> y, bool markers = false, LineStyle style = LineStyle.Solid, Rgb? color = null, double width = 2,
            double opacity = 1)
    {
        double[] x = new double[y.Length];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = i;
        }

        return Add(name, x, y, markers, style, color, width, opacity);
    }

    /// <summary>Fills the area between two lines, for instance an interval around a mean.</summary>
    /// <param name="name">Its name; the band takes the colour of a line of the same name, and then has no legend entry of its own.</param>
    /// <param name="x">Where the bounds are.</param>
    /// <param name="lower">The lower bounds, as many.</param>
    /// <param name="upper">The upper bounds, as many.</param>
    /// <param name="color">Its colour; null for that of the line of the same name, else the next of the palette.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentException">The three lengths differ.</exception>
    public LineChart AddBand(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, Rgb? color = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Lengths.RequireEqual($"band \"{name}\"", ("x", x.Length), ("lower", lower.Length), ("upper", upper.Length));
        bands.Add(new Band(name, x.ToArray(), lower.ToArray(), upper.ToArray(), color));
        return this;
    }

    internal override void Draw(ICanvas canvas, Rect area)
    {
        (List<Rgb> lineColors, List<Rgb> bandColors) = ChooseColors();
        var legend = new Legend(LegendEntries(lineColors, bandColors), Legend, ChartStyle.For(area));
        (AxisMap x, AxisMap y) = FitAxes();
        var axes = new AxesPanel(area, new AxesSpec(x, y)
        {
            Title = Title,
            XLabel = XAxis.Label,
            YLabel = YAxis.Label,
            ReservedRight = legend.ReservedRight,
            Note = PointFilter.Note(PointsLeftOut, lines.Sum(line => line.X.Length) + bands.Sum(band => band.X.Length)),
        });
        axes.DrawBackground(canvas);
        canvas.PushClip(axes.Plot.Grow(1));
        for (int i = 0; i < bands.Count; i++)
        {
            canvas.BeginGroup(bands[i].Name);
            bands[i].Draw(canvas, axes, Filter, bandColors[i]);
            canvas.EndGroup();
        }

        for (int i = 0; i < lines.Count; i++)
        {
            canvas.BeginGroup(lines[i].Name);
            lines[i].Draw(canvas, axes, Filter, lineColors[i]);
            canvas.EndGroup();
        }

        canvas.PopClip();
        axes.DrawForeground(canvas);
        legend.Draw(canvas, axes.Plot, () => lines.SelectMany(line => line.Along(axes, Filter)));
    }

    private (AxisMap X, AxisMap Y) FitAxes()
    {
        DataRange xRange = new(XAxis.Scale), yRange = new(YAxis.Scale);
        foreach (LineSeries line in lines)
        {
            Include(xRange, yRange, line.X, line.Y);
        }

        foreach (Band band in bands)
        {
            Include(xRange, yRange, band.X, band.Lower, band.Upper);
            Include(xRange, yRange, band.X, band.Upper, band.Lower);
        }

        return (AxisMap.Fit(XAxis, xRange, MarginX, MarginX), AxisMap.Fit(YAxis, yRange, MarginY, MarginY));
    }

    private void Include(DataRange xRange, DataRange yRange, double[] x, double[] y, double[]? alsoY = null)
    {
        foreach ((int start, int end) in Filter.Runs(x, y, alsoY))
        {
            for (int i = start; i < end; i++)
            {
                xRange.Include(x[i]);
                yRange.Include(y[i]);
            }
        }
    }

    private (List<Rgb> Lines, List<Rgb> Bands) ChooseColors()
    {
        int alone = bands.Count(band => LineNamed(band.Name) < 0), count = lines.Count + alone, next = lines.Count;
        List<Rgb> lineColors = lines.Select((line, i) => line.Color ?? Palette.Color(i, count)).ToList();
        List<Rgb> bandColors = bands.ConvertAll(band => (band.Color, LineNamed(band.Name)) switch
        {
            ({ } color, _) => color,
            (null, int line and >= 0) => lineColors[line],
            _ => Palette.Color(next++, count),
        });
        return (lineColors, bandColors);
    }

    private int LineNamed(string name) => lines.FindIndex(line => line.Name == name);

    private List<LegendEntry> LegendEntries(List<Rgb> lineColors, List<Rgb> bandColors)
    {
        var entries = new List<LegendEntry>();
        for (int i = 0; i < lines.Count; i++)
        {
            LineSeries line = lines[i];
            bool hasBand = bands.Exists(band => band.Name == line.Name && band.Color is null);
            entries.Add(new LegendEntry(line.Name, lineColors[i], line.Stroke, line.HasMarkers ? Marker.Circle : null, hasBand ? Band.Opacity : 0));
        }

        for (int i = 0; i < bands.Count; i++)
        {
            if (LineNamed(bands[i].Name) < 0 || bands[i].Color is not null)
            {
                entries.Add(new LegendEntry(bands[i].Name, bandColors[i], FillOpacity: Band.Opacity));
            }
        }

        entries.RemoveAll(entry => entry.Label.Length == 0);
        return entries;
    }
}
