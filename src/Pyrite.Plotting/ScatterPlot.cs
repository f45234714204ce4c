using System.Globalization;
using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Charts;

namespace Pyrite.Plotting;

/// <summary>Points in the plane, coloured by a class number.</summary>
/// <remarks>
/// Points are drawn in the order given, so that no class covers another just for its number. A class keeps its colour whichever classes
/// are present; from class 10 on the colours repeat with another shape of marker. Points that are not finite are left out and counted.
/// </remarks>
public sealed class ScatterPlot : Chart
{
    private const double Margin = 0.04;
    private const int LargestCategory = 9999;

    private readonly double[] x;
    private readonly double[] y;
    private readonly int[] categories;

    /// <summary>Makes a plot of points; the values are copied.</summary>
    /// <param name="x">Where the points are along the horizontal axis.</param>
    /// <param name="y">Where they are along the vertical axis, as many.</param>
    /// <param name="categories">The class of each point, 0 to 9,999; empty if all are of one kind.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a class is out of range.</exception>
    public ScatterPlot(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<int> categories = default)
    {
        Lengths.RequireEqual("a scatter plot", ("x", x.Length), ("y", y.Length));
        if (!categories.IsEmpty)
        {
            Lengths.RequireEqual("a scatter plot", ("x", x.Length), ("categories", categories.Length));
        }

        foreach (int category in categories)
        {
            if (category is < 0 or > LargestCategory)
            {
                throw new ArgumentOutOfRangeException(nameof(categories), category, $"Expected classes from 0 to {LargestCategory}.");
            }
        }

        this.x = x.ToArray();
        this.y = y.ToArray();
        this.categories = categories.ToArray();
    }

    /// <summary>The horizontal axis.</summary>
    public Axis XAxis { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public Axis YAxis { get; init; } = new();

    /// <summary>Where the legend of the classes stands; without classes there is none.</summary>
    public LegendPosition Legend { get; init; }

    /// <summary>The names of the classes from 0 on; a class without one is called by its number.</summary>
    public IReadOnlyList<string> CategoryNames { get; init; } = [];

    /// <summary>Whether a unit is as long on both axes, so that circles look round; needs two linear axes.</summary>
    public bool EqualAspect { get; init; }

    /// <summary>The radius of a point in pixels at density 1; by default smaller the more points there are.</summary>
    public double? PointRadius
    {
        get;
        init => field = value is null or (> 0 and <= 100)
            ? value : throw new ArgumentOutOfRangeException(nameof(PointRadius), value, "Expected a radius above 0 and up to 100 pixels.");
    }

    /// <summary>How much of what lies below it a point hides, above 0 to 1; by default less the more points there are.</summary>
    public double? Opacity
    {
        get;
        init => field = value is null or (> 0 and <= 1)
            ? value : throw new ArgumentOutOfRangeException(nameof(Opacity), value, "Expected an opacity above 0 and up to 1.");
    }

    /// <summary>How many points cannot be drawn.</summary>
    public int PointsLeftOut => Filter.CountLeftOut(x, y);

    private PointFilter Filter => new(XAxis.Scale, YAxis.Scale);

    internal override void Draw(ICanvas canvas, Rect area)
    {
        var legend = new Legend(LegendEntries(), Legend, ChartStyle.For(area));
        DataRange xRange = new(XAxis.Scale), yRange = new(YAxis.Scale);
        for (int i = 0; i < x.Length; i++)
        {
            if (Filter.CanDraw(x[i], y[i]))
            {
                xRange.Include(x[i]);
                yRange.Include(y[i]);
            }
        }

        var axes = new AxesPanel(area, new AxesSpec(AxisMap.Fit(XAxis, xRange, Margin, Margin), AxisMap.Fit(YAxis, yRange, Margin, Margin))
        {
            Title = Title,
            XLabel = XAxis.Label,
            YLabel = YAxis.Label,
            ReservedRight = legend.ReservedRight,
            EqualAspect = EqualAspect && XAxis.Scale == AxisScale.Linear && YAxis.Scale == AxisScale.Linear,
            Note = PointFilter.Note(PointsLeftOut, x.Length),
        });
        axes.DrawBackground(canvas);
        canvas.PushClip(axes.Plot.Grow(1));
        canvas.BeginGroup($"{x.Length - PointsLeftOut} points");
        DrawPoints(canvas, axes);
        canvas.EndGroup();
        canvas.PopClip();
        axes.DrawForeground(canvas);
        legend.Draw(canvas, axes.Plot, () => DrawnPoints(axes));
    }

    private void DrawPoints(ICanvas canvas, AxesPanel axes)
    {
        double radius = PointRadius ?? (x.Length <= 200 ? 4 : x.Length <= 2000 ? 3 : x.Length <= 20_000 ? 2.2 : 1.5);
        double opacity = Opacity ?? (x.Length <= 200 ? 0.9 : x.Length <= 20_000 ? 0.75 : 0.5);
        for (int i = 0; i < x.Length; i++)
        {
            if (Filter.CanDraw(x[i], y[i]))
            {
                int category = categories.Length == 0 ? 0 : categories[i];
                canvas.DrawMarker(MarkerOf(category), axes.Map(x[i], y[i]), radius, new Paint(ColorOf(category), opacity));
            }
        }
    }

    private static Marker MarkerOf(int category) => (Marker)(category / Palette.Count % 4);

    private static Rgb ColorOf(int category) => Palette.Color(category, Palette.Count);

    private IEnumerable<CanvasPoint> DrawnPoints(AxesPanel axes)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (Filter.CanDraw(x[i], y[i]))
            {
                yield return axes.Map(x[i], y[i]);
            }
        }
    }

    private List<LegendEntry> LegendEntries()
    {
        var entries = new List<LegendEntry>();
        foreach (int category in categories.Distinct().Order())
        {
            string label = category < CategoryNames.Count ? CategoryNames[category] : category.ToString(CultureInfo.InvariantCulture);
            entries.Add(new LegendEntry(label, ColorOf(category), Marker: MarkerOf(category)));
        }

        return entries;
    }
}
