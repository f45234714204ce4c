using ScottPlot;
using ScottPlot.Plottables;

namespace Pyrite.Plotting.Drawing;

/// <summary>Puts a legend into the corner where it hides the fewest points.</summary>
internal static class CornerLegend
{
    private const double SymbolAndPadding = 66;
    private const double LineHeight = 1.75;
    private const double AroundPlot = 90;

    private static readonly Alignment[] Corners = [Alignment.UpperRight, Alignment.UpperLeft, Alignment.LowerRight, Alignment.LowerLeft];

    /// <summary>The emptiest corner of a plot whose limits are known.</summary>
    public static Alignment Choose(Plot plot, LegendItem[] items, PixelRect figure)
    {
        float size = plot.Legend.FontSize ?? 13;
        using Paint paint = Paint.NewDisposablePaint();
        LabelStyle style = new();
        Theme.Style(style, size, Theme.Ink);
        double width = (SymbolAndPadding + items.Max(item => style.Measure(item.LabelText, paint).Width)) / Math.Max(1, figure.Width - AroundPlot);
        double height = ((LineHeight * size * items.Length) + 36) / Math.Max(1, figure.Height - AroundPlot);
        AxisLimits limits = plot.Axes.GetLimits();
        int[] hidden = new int[Corners.Length];
        foreach (Coordinates point in plot.GetPlottables().SelectMany(Points))
        {
            double x = (point.X - limits.Left) / limits.HorizontalSpan, y = (point.Y - limits.Bottom) / limits.VerticalSpan;
            bool isRight = x > 1 - width && x <= 1, isLeft = x < width && x >= 0, isTop = y > 1 - height && y <= 1, isBottom = y < height && y >= 0;
            hidden[0] += isRight && isTop ? 1 : 0;
            hidden[1] += isLeft && isTop ? 1 : 0;
            hidden[2] += isRight && isBottom ? 1 : 0;
            hidden[3] += isLeft && isBottom ? 1 : 0;
        }
        return Corners[Array.IndexOf(hidden, hidden.Min())];
    }

    private static IEnumerable<Coordinates> Points(IPlottable plottable) => plottable switch
    {
        Scatter line => Along(line.Data.GetScatterPoints()),
        Markers dots => dots.Data.GetScatterPoints(),
        Polygon polygon => Along(polygon.Coordinates),
        BarPlot bars => bars.Bars.SelectMany(bar => Along([new Coordinates(bar.Position, bar.ValueBase), new Coordinates(bar.Position, bar.Value)])),
        _ => [],
    };

    /// <summary>Points of lines, and some between those that lie far apart.</summary>
    private static IEnumerable<Coordinates> Along(IReadOnlyList<Coordinates> points)
    {
        const int Most = 200;
        int between = Math.Max(1, Most / Math.Max(1, points.Count));
        for (int i = 0; i < points.Count; i++)
        {
            yield return points[i];
            for (int j = 1; j < between && i + 1 < points.Count; j++)
            {
                double share = (double)j / between;
                double dx = points[i + 1].X - points[i].X, dy = points[i + 1].Y - points[i].Y;
                yield return new Coordinates(points[i].X + (share * dx), points[i].Y + (share * dy));
            }
        }
    }
}
