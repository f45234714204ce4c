using System.Globalization;
using System.Xml.Linq;

namespace Pyrite.Plotting.Tests;

public class IntervalChartTests
{
    [Fact]
    public void Rows_stand_from_top_to_bottom_with_their_names()
    {
        var svg = new SvgDocument(Sample().ToSvg());
        Assert.Equal(["mu", "tau"], svg.Texts.Where(text => text is "mu" or "tau"));
        Assert.True(Point(svg, "mu").Y < Point(svg, "tau").Y);
        Assert.True(Point(svg, "mu").X < Point(svg, "tau").X);
        Assert.Contains("value", svg.Texts);
        Assert.Contains("median, 90 %", svg.Texts);
    }

    [Fact]
    public void Each_row_has_a_thin_line_and_a_thick_one()
    {
        List<XElement> lines = SvgDocument.Inside(new SvgDocument(Sample().ToSvg()).Group("mu"), "path");
        Assert.Equal(2, lines.Count);
        Assert.True(Width(lines[0]) < Width(lines[1]));
    }

    [Fact]
    public void Rows_that_cannot_be_drawn_keep_their_place_and_are_counted()
    {
        IntervalChart chart = Sample().Add("bad", double.NaN, (0, 1), (0, 1));
        Assert.Equal(1, chart.RowsLeftOut);
        var svg = new SvgDocument(chart.ToSvg());
        Assert.Contains("bad", svg.Texts);
        Assert.Contains("1 of 3 rows cannot be drawn", svg.Texts);
    }

    [Fact]
    public void An_empty_chart_and_a_reference_can_be_drawn()
    {
        Assert.Equal(1800, PngImage.Decode(new IntervalChart { Reference = 0 }.ToPng()).Width);
        Assert.Throws<ArgumentNullException>(() => new IntervalChart().Add(null!, 0, (0, 0), (0, 0)));
    }

    private static IntervalChart Sample() => new IntervalChart { Title = "forest", XAxis = new Axis("value"), Note = "median, 90 %" }
        .Add("mu", 1, (0.5, 1.5), (-1, 2)).Add("tau", 3, (2, 4), (1, 6));

    private static (double X, double Y) Point(SvgDocument svg, string row)
    {
        XElement circle = SvgDocument.Inside(svg.Group(row), "circle")[^1];
        return (Number(circle, "cx"), Number(circle, "cy"));
    }

    private static double Width(XElement line) => Number(line, "stroke-width");

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
