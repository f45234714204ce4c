using System.Globalization;
using System.Xml.Linq;

namespace Pyrite.Plotting.Tests;

public class ScatterPlotTests
{
    [Fact]
    public void Draws_every_point_in_the_colour_of_its_class_and_lists_the_classes()
    {
        var random = new Random(5);
        double[] x = Draws(random, 500), y = Draws(random, 500);
        int[] classes = Enumerable.Range(0, 500).Select(i => i % 10).ToArray();
        var svg = new SvgDocument(new ScatterPlot(x, y, classes).ToSvg());
        List<XElement> points = SvgDocument.Inside(svg.Group("500 points"), "circle");
        Assert.Equal(500, points.Count);
        Assert.Equal(10, points.Select(Fill).Distinct().Count());
        Assert.All(Enumerable.Range(0, 500), i => Assert.Equal(Fill(points[i % 10]), Fill(points[i])));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture)), svg.Texts.TakeLast(10));
    }

    [Fact]
    public void A_class_keeps_its_colour_when_others_are_missing()
    {
        string all =
            Fill(SvgDocument.Inside(new SvgDocument(new ScatterPlot([1, 2, 3], [1, 2, 3], [0, 1, 7]).ToSvg()).Group("3 points"), "circle")[2]);
        string alone = Fill(SvgDocument.Inside(new SvgDocument(new ScatterPlot([3], [3], [7]).ToSvg()).Group("1 points"), "circle")[0]);
        Assert.Equal(all, alone);
    }

    [Fact]
    public void Later_classes_get_another_shape()
    {
        var svg = new SvgDocument(new ScatterPlot([1, 2], [1, 2], [2, 12]).ToSvg());
        XElement circle = SvgDocument.Inside(svg.Group("2 points"), "circle").Single(),
            square = SvgDocument.Inside(svg.Group("2 points"), "path").Single();
        Assert.Equal(Fill(circle), Fill(square));
    }

    [Fact]
    public void Equal_aspect_makes_units_equally_long()
    {
        var svg = new SvgDocument(new ScatterPlot([0, 10, 0], [0, 0, 1]) { EqualAspect = true }.ToSvg());
        List<XElement> points = svg.All("circle");
        double right = Number(points[1], "cx") - Number(points[0], "cx"), up = Number(points[0], "cy") - Number(points[2], "cy");
        Assert.Equal(10, right / up, 1);
    }

    [Fact]
    public void Names_classes_and_counts_points_left_out()
    {
        var plot = new ScatterPlot([1, double.NaN], [1, 1], [1, 0]) { CategoryNames = ["cat", "dog"] };
        Assert.Equal(1, plot.PointsLeftOut);
        Assert.Equal(["1 of 2 points cannot be drawn", "cat", "dog"], new SvgDocument(plot.ToSvg()).Texts.TakeLast(3));
    }

    [Fact]
    public void Refuses_lengths_that_differ_and_classes_out_of_range()
    {
        Assert.Throws<ArgumentException>(() => new ScatterPlot([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => new ScatterPlot([1, 2], [1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScatterPlot([1], [1], [-1]));
    }

    [Fact]
    public void Nothing_to_draw_is_an_empty_plot() => Assert.Equal(1800, PngImage.Decode(new ScatterPlot([], []).ToPng()).Width);

    private static double[] Draws(Random random, int count) => Enumerable.Range(0, count).Select(_ => random.NextDouble()).ToArray();

    private static string Fill(XElement element) => element.Attribute("fill")!.Value;

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
