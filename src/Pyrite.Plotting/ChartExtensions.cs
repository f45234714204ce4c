using Pyrite.Plotting.Bins;
using Pyrite.Plotting.Drawing;
using ScottPlot;
using ScottPlot.AutoScalers;
using ScottPlot.Plottables;

namespace Pyrite.Plotting;

/// <summary>What pictures of posteriors are made of, added to charts. Each answers with ScottPlot's own object, to be restyled.</summary>
public static class ChartExtensions
{
    private const int MostBins = 10_000;

    extension(Chart chart)
    {
        /// <summary>Adds a line; values that are not finite leave a gap.</summary>
        /// <param name="name">Its name in the legend; empty for none.</param>
        /// <param name="x">Where the points are, in the order in which the line passes them.</param>
        /// <param name="y">Their heights, as many.</param>
        /// <param name="color">Its colour; null for the next of the palette.</param>
        /// <param name="width">Its width in pixels.</param>
        /// <param name="pattern">Solid if null, <see cref="LinePattern.Dashed"/>, <see cref="LinePattern.Dotted"/>.</param>
        /// <param name="markers">Whether each point gets a dot.</param>
        /// <exception cref="ArgumentException">There are not as many x as y.</exception>
        public Scatter AddLine(
            string name, double[] x, double[] y, Color? color = null, double width = 2, LinePattern? pattern = null, bool markers = false)
        {
            RequireEqual($"line \"{name}\"", x, y);
            chart.Count(x.Length, CountBad(x, y));
            Scatter line = chart.Add.ScatterLine(x, y, color);
            line.LineWidth = (float)width;
            line.LineStyle.Rounded = true;
            line.LinePattern = pattern ?? LinePattern.Solid;
            line.MarkerShape = MarkerShape.FilledCircle;
            line.MarkerSize = markers ? 7 : 0;
            line.LegendText = name;
            return line;
        }

        /// <summary>Adds points.</summary>
        /// <param name="name">Their name in the legend; empty for none.</param>
        /// <param name="x">Where they are along the horizontal axis.</param>
        /// <param name="y">Where they are along the vertical axis, as many.</param>
        /// <param name="color">Their colour; null for that of text, as data beside what a model says of them.</param>
        /// <param name="diameter">Their size in pixels; smaller the more there are by default.</param>
        /// <exception cref="ArgumentException">There are not as many x as y.</exception>
        public Scatter AddDots(string name, double[] x, double[] y, Color? color = null, double? diameter = null)
        {
            RequireEqual($"points \"{name}\"", x, y);
            int bad = CountBad(x, y);
            chart.Count(x.Length, bad);
            int[] kept = [.. Enumerable.Range(0, x.Length).Where(i => double.IsFinite(x[i]) && double.IsFinite(y[i]))];
            Scatter dots = chart.Add.ScatterPoints(Array.ConvertAll(kept, i => x[i]), Array.ConvertAll(kept, i => y[i]), color ?? Theme.Ink);
            dots.MarkerShape = MarkerShape.FilledCircle;
            dots.MarkerSize = (float)(diameter ?? (x.Length <= 200 ? 7 : x.Length <= 2000 ? 5.5 : x.Length <= 20_000 ? 4 : 3));
            dots.LegendText = name;
            return dots;
        }

        /// <summary>Adds points coloured by their class, with a legend entry for each class.</summary>
        /// <param name="x">Where they are along the horizontal axis.</param>
        /// <param name="y">Where they are along the vertical axis, as many.</param>
        /// <param name="classes">The class of each point, from 0 on; a class keeps its colour whichever classes are there, ten repeat.</param>
        /// <param name="names">The names of the classes from 0 on; a class without one is called by its number.</param>
        /// <remarks>Points are drawn in the order given, so that no class covers another just for its number.</remarks>
        /// <exception cref="ArgumentException">The lengths differ, or a class is negative.</exception>
        public ClassPoints AddClasses(double[] x, double[] y, int[] classes, IReadOnlyList<string>? names = null)
        {
            RequireEqual("points of classes", x, y);
            ArgumentNullException.ThrowIfNull(classes);
            if (classes.Length != x.Length || Array.Exists(classes, one => one < 0))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Adding points: expected {x.Length} classes from 0 on, found {classes.Length}."), nameof(classes));
            }
            chart.Count(x.Length, CountBad(x, y));
            ClassPoints points = new(x, y, classes, names ?? []);
            chart.Add.Plottable(points);
            return points;
        }

        /// <summary>Fills the area between two curves, for instance an interval, with the line in its middle if there is one.</summary>
        /// <param name="name">Its name in the legend; empty for none.</param>
        /// <param name="x">Where the bounds are.</param>
        /// <param name="lower">The lower bounds, as many.</param>
        /// <param name="upper">The upper bounds, as many.</param>
        /// <param name="middle">The line in the same colour, as many; null for none.</param>
        /// <param name="color">The colour; null for the next of the palette.</param>
        /// <param name="opacity">How much of what lies below it the area hides, above 0 to 1.</param>
        /// <exception cref="ArgumentException">The lengths differ.</exception>
        public Polygon AddBand(
            string name, double[] x, double[] lower, double[] upper, double[]? middle = null, Color? color = null, double opacity = 0.22)
        {
            RequireEqual($"band \"{name}\"", x, lower, upper, middle ?? x);
            int bad = CountBad(x, lower, upper);
            chart.Count(x.Length, bad);
            Color hue = color ?? chart.Add.GetNextColor();
            int[] kept = [.. Enumerable.Range(0, x.Length).Where(i => double.IsFinite(x[i] + lower[i] + upper[i]))];
            Band band = new([.. kept.Select(i => new Coordinates(x[i], upper[i])), .. kept.Reverse().Select(i => new Coordinates(x[i], lower[i]))],
                middle is null ? null : hue)
            {
                FillColor = hue.WithOpacity(opacity),
                LineWidth = 0,
                LegendText = name,
            };
            chart.Add.Plottable(band);
            if (middle is not null)
            {
                chart.AddLine("", x, middle, hue);
            }
            return band;
        }

        /// <summary>Adds a row of an interval chart: a point with an inner and an outer interval. Rows stand below each other.</summary>
        /// <param name="name">The name of the row.</param>
        /// <param name="centre">The point.</param>
        /// <param name="inner">The ends of the inner interval, drawn thick.</param>
        /// <param name="outer">The ends of the outer one, drawn thin.</param>
        /// <param name="color">The colour; null for the first of the palette.</param>
        public void AddInterval(string name, double centre, (double Low, double High) inner, (double Low, double High) outer, Color? color = null)
        {
            ArgumentNullException.ThrowIfNull(name);
            double y = -chart.Rows.Count;
            chart.Rows.Add(name);
            bool isBad = !double.IsFinite(centre + inner.Low + inner.High + outer.Low + outer.High);
            chart.Count(1, isBad ? 1 : 0);
            chart.Axes.Left.SetTicks([.. Enumerable.Range(0, chart.Rows.Count).Select(row => -(double)row)], [.. chart.Rows]);
            chart.Axes.SetLimitsY(y - 0.5, 0.5);
            chart.Axes.AutoScaler = new FractionalAutoScaler(0.06, 0);
            if (isBad)
            {
                return;
            }
            Color hue = color ?? Theme.LineColors[0];
            Segment(chart, outer, y, hue, 1.6f);
            Segment(chart, inner, y, hue, 4.5f);
            chart.Add.Marker(centre, y, MarkerShape.FilledCircle, 12, Colors.White);
            chart.Add.Marker(centre, y, MarkerShape.FilledCircle, 9, hue);
        }

        /// <summary>Adds how often values fall into equally wide bins.</summary>
        /// <param name="name">The name in the legend; empty for none.</param>
        /// <param name="values">The values; those that are not finite are left out and counted.</param>
        /// <param name="bins">How many bins, 1 to 10,000; null to choose by the rules of Freedman and Diaconis, and of Sturges.</param>
        /// <param name="low">Where bins begin; the smallest value if null.</param>
        /// <param name="high">Where they end; the largest value if null.</param>
        /// <param name="color">The colour; null for the next of the palette.</param>
        /// <param name="isDensity">Whether the bars' areas sum to 1, in place of counts.</param>
        /// <param name="isOutline">Whether an outline is drawn, so that several lie over each other, in place of bars.</param>
        /// <exception cref="ArgumentOutOfRangeException">The number of bins is out of range.</exception>
        public Polygon AddHistogram(
            string name, double[] values, int? bins = null, double? low = null, double? high = null, Color? color = null, bool isDensity = false,
            bool isOutline = false)
        {
            ArgumentNullException.ThrowIfNull(values);
            if (bins is < 1 or > MostBins)
            {
                throw new ArgumentOutOfRangeException(nameof(bins), bins, $"Expected 1 to {MostBins} bins.");
            }
            double[] finite = Array.FindAll(values, double.IsFinite);
            chart.Count(values.Length, values.Length - finite.Length);
            double first = low ?? (finite.Length == 0 ? 0 : finite.Min()), last = high ?? (finite.Length == 0 ? first + 1 : finite.Max());
            HistogramBins edges = HistogramBins.Fit([finite], Math.Min(first, last), Math.Max(first, last), bins);
            double unit = isDensity && finite.Length > 0 ? 1 / (finite.Length * edges.Width) : 1;
            double[] heights = Array.ConvertAll(edges.CountValues(finite), count => count * unit);
            Color hue = color ?? chart.Add.GetNextColor();
            List<Coordinates> outline = [new(edges.Edge(0), 0)];
            for (int i = 0; i < edges.Count; i++)
            {
                outline.Add(new(edges.Edge(i), heights[i]));
                outline.Add(new(edges.Edge(i + 1), heights[i]));
            }
            outline.Add(new(edges.Edge(edges.Count), 0));
            Polygon shape = chart.Add.Polygon([.. outline]);
            shape.FillColor = hue.WithOpacity(isOutline ? 0.3 : 0.8);
            shape.LineColor = hue;
            shape.LineWidth = isOutline ? 1.5f : 0;
            shape.LegendText = name;
            for (int i = 1; i < edges.Count && !isOutline; i++)
            {
                double lower = Math.Min(heights[i - 1], heights[i]);
                LinePlot gap = chart.Add.Line(edges.Edge(i), 0, edges.Edge(i), lower);
                gap.LineColor = Colors.White;
                gap.LineWidth = 1;
            }
            chart.Axes.AutoScaler = new FractionalAutoScaler(0.03, 0.03, 0, 0.06);
            return shape;
        }

        /// <summary>Marks a height with a dashed line.</summary>
        /// <param name="y">The height.</param>
        public HorizontalLine AddReferenceHeight(double y) => chart.Add.HorizontalLine(y, 1.5f, Theme.Faint, LinePattern.Dashed);

        /// <summary>Marks a place with a dashed line.</summary>
        /// <param name="x">The place.</param>
        public VerticalLine AddReferencePlace(double x) => chart.Add.VerticalLine(x, 1.5f, Theme.Faint, LinePattern.Dashed);

        /// <summary>Lets the vertical axis begin at zero, for heights that are never negative.</summary>
        /// <returns>This chart.</returns>
        public Chart FromZero()
        {
            chart.Add.HorizontalLine(0, 1, Theme.GridLine);
            chart.MoveToBack(chart.PlottableList[^1]);
            chart.Axes.AutoScaler = new FractionalAutoScaler(0.02, 0.02, 0, 0.06);
            return chart;
        }
    }

    private static void Segment(Chart chart, (double Low, double High) ends, double y, Color color, float width)
    {
        LinePlot line = chart.Add.Line(ends.Low, y, ends.High, y);
        line.LineColor = color;
        line.LineWidth = width;
        line.LineStyle.Rounded = true;
    }

    private static int CountBad(double[] first, params ReadOnlySpan<double[]> others)
    {
        int bad = 0;
        for (int i = 0; i < first.Length; i++)
        {
            bool isFinite = double.IsFinite(first[i]);
            foreach (double[] other in others)
            {
                isFinite &= double.IsFinite(other[i]);
            }
            bad += isFinite ? 0 : 1;
        }
        return bad;
    }

    private static void RequireEqual(string what, params ReadOnlySpan<double[]> values)
    {
        foreach (double[] one in values)
        {
            ArgumentNullException.ThrowIfNull(one);
            if (one.Length != values[0].Length)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Adding {what}: expected as many values of each kind, found {values[0].Length} and {one.Length}."));
            }
        }
    }
}
