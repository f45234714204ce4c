using System.Globalization;
using System.Xml.Linq;

namespace Pyrite.Plotting.Tests;

public class HistogramTests
{
    [Fact]
    public void Bars_are_as_high_as_their_counts()
    {
        var svg = new SvgDocument(new Histogram { Bins = 4 }.Add("sample", [0, 1, 1, 2, 2, 2, 3, 4, 4, double.NaN]).ToSvg());
        List<double> heights = SvgDocument.Inside(svg.Group("sample"), "rect").ConvertAll(bar => Number(bar, "height"));
        Assert.Equal(4, heights.Count);
        double unit = heights[0];                                                            // counts 1, 2, 3, 3
        Assert.Equal([1, 2, 3, 3], heights.Select(height => Math.Round(height / unit, 2)));
        Assert.Contains("1 of 10 values cannot be drawn", svg.Texts);
        Assert.Contains("count", svg.Texts);
    }

    [Fact]
    public void A_reference_height_is_a_dashed_line_within_the_axes()
    {
        var svg = new SvgDocument(new Histogram { Bins = 2, ReferenceHeight = 5 }.Add("sample", [0, 1, 2]).ToSvg());
        Assert.Single(svg.All("path"), path => path.Attribute("stroke-dasharray") is not null);
        Assert.Contains("5", svg.Texts);
    }

    [Fact]
    public void Several_samples_share_bins_and_are_listed()
    {
        var svg = new SvgDocument(new Histogram { ShowsDensity = true }.Add("prior", [1, 2, 3, 9]).Add("posterior", [2, 2.5, 3]).ToSvg());
        Assert.Contains("density", svg.Texts);
        Assert.Equal(["prior", "posterior"], svg.Texts.TakeLast(2));
        Assert.Equal(2, SvgDocument.Inside(svg.Group("prior"), "path").Count);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 3.0 })]
    [InlineData(new[] { 3.0, 3.0, 3.0 })]
    [InlineData(new[] { double.NaN, double.NegativeInfinity })]
    [InlineData(new[] { -8e307, 8e307 })]
    public void Odd_samples_still_give_a_chart(double[] values)
    {
        foreach (AxisScale scale in Enum.GetValues<AxisScale>())
        {
            Histogram chart = new Histogram { Width = 300, Height = 200, Density = 1, YAxis = new(scale: scale) }.Add("", values);
            Assert.Equal(200, PngImage.Decode(chart.ToPng()).Height);
            Assert.DoesNotContain("NaN", chart.ToSvg());
        }
    }

    [Fact]
    public void Refuses_a_number_of_bins_out_of_range() => Assert.Throws<ArgumentOutOfRangeException>(() => new Histogram { Bins = 0 });

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
