using System.Globalization;
using System.Xml.Linq;

namespace Pyrite.Plotting.Tests;

public class LineChartTests
{
    private static readonly double[] Epochs = [0, 1, 2, 3];

    [Fact]
    public void Svg_holds_one_path_a_line_the_markers_and_all_texts()
    {
        var svg = new SvgDocument(new LineChart { Title = "Loss <&>", XAxis = new("epoch"), YAxis = new("nats") }
            .Add("train", Epochs, [4, 3, 2.5, 2.2], markers: true)
            .Add("test", Epochs, [4.2, 3.3, 2.6, 2.4]).ToSvg());
        Assert.Equal("Loss <&>", svg.Title);
        XElement train = svg.Group("train"), test = svg.Group("test");
        Assert.Equal((1, 4), (SvgDocument.Inside(train, "path").Count, SvgDocument.Inside(train, "circle").Count));
        Assert.Equal((1, 0), (SvgDocument.Inside(test, "path").Count, SvgDocument.Inside(test, "circle").Count));
        Assert.Equal(
            ["0", "1", "2", "3", "2.5", "3.0", "3.5", "4.0", "Loss <&>", "epoch", "nats", "train", "test"], svg.Texts);
    }

    [Fact]
    public void Lines_are_as_wide_and_as_opaque_as_asked()
    {
        var svg = new SvgDocument(new LineChart().Add("thin", Epochs, width: 0.5, opacity: 0.25).Add("usual", Epochs).ToSvg());
        XElement thin = SvgDocument.Inside(svg.Group("thin"), "path").Single(), usual = SvgDocument.Inside(svg.Group("usual"), "path").Single();
        Assert.Equal((0.5, 2), (Number(thin, "stroke-width"), Number(usual, "stroke-width")));
        Assert.Equal(0.25, Number(thin, "stroke-opacity"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineChart().Add("", Epochs, width: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineChart().Add("", Epochs, opacity: 1.5));
    }

    [Fact]
    public void Values_rise_upwards_and_to_the_right()
    {
        var svg = new SvgDocument(new LineChart().Add("", [1, 2, 3], [10, 20, 30], markers: true).ToSvg());
        List<XElement> dots = svg.All("circle");
        Assert.True(Number(dots[0], "cx") < Number(dots[1], "cx") && Number(dots[0], "cy") > Number(dots[1], "cy"));
        Assert.Equal(Number(dots[2], "cx") - Number(dots[1], "cx"), Number(dots[1], "cx") - Number(dots[0], "cx"), 1);
    }

    [Fact]
    public void Values_that_are_not_finite_leave_a_gap_and_are_counted()
    {
        LineChart chart = new LineChart().Add("a", [0, 1, 2, 3, 4, 5], [1, 2, double.NaN, 4, double.PositiveInfinity, 6]);
        var svg = new SvgDocument(chart.ToSvg());
        string path = SvgDocument.Inside(svg.Group("a"), "path").Single().Attribute("d")!.Value;
        Assert.Equal((3, 1), (path.Count(c => c == 'M'), path.Count(c => c == 'L')));
        Assert.Equal(2, SvgDocument.Inside(svg.Group("a"), "circle").Count);            // the two lone points
        Assert.Equal(2, chart.PointsLeftOut);
        Assert.Contains("2 of 6 points cannot be drawn", svg.Texts);
    }

    [Fact]
    public void Logarithmic_axes_leave_out_what_is_not_positive()
    {
        LineChart chart = new LineChart { YAxis = new(scale: AxisScale.Logarithmic) }.Add("a", [0, 1, -3, 100, 1000]);
        Assert.Equal(2, chart.PointsLeftOut);
        Assert.Contains("100", new SvgDocument(chart.ToSvg()).Texts);
    }

    [Fact]
    public void A_band_shares_the_colour_and_the_legend_entry_of_its_line()
    {
        var svg =
            new SvgDocument(
            new LineChart { Title = "t" }.AddBand("mean", Epochs, [0, 1, 2, 3], [2, 3, 4, 5]).Add("mean", Epochs, [1, 2, 3, 4]).ToSvg());
        List<XElement> groups = svg.All("g").Where(group => group.Elements().First().Value == "mean").ToList();
        XElement band = groups[0].Elements().Last(), line = groups[1].Elements().Last();
        Assert.Equal(line.Attribute("stroke")!.Value, band.Attribute("fill")!.Value);
        Assert.Single(svg.Texts, "mean");
    }

    [Fact]
    public void Png_has_the_chosen_size_and_the_line_where_the_values_are()
    {
        var red = new Rgb(255, 0, 0);
        var chart =
            new LineChart { Width = 400, Height = 300, Density = 2, XAxis = new(minimum: 0, maximum: 1), YAxis = new(minimum: 0, maximum: 1) };
        PngImage image = PngImage.Decode(chart.Add("", [0, 1], [0.5, 0.5], color: red).ToPng());
        Assert.Equal((800, 600, 3), (image.Width, image.Height, image.Channels));
        List<int> rows = Enumerable.Range(0, image.Height).Where(y => image[500, y] == 255 && image[500, y, 1] == 0).ToList();
        Assert.InRange(rows.Count, 3, 4);                                                // 2 pixels at density 2
        Assert.InRange(rows[0], 200, 320);
        Assert.Equal(rows, Enumerable.Range(0, image.Height).Where(y => image[300, y] == 255 && image[300, y, 1] == 0));
    }

    public static TheoryData<double[], double[]> OddData => new()
    {
        { [], [] },
        { [1], [1] },
        { [double.NaN], [double.NaN] },
        { [3, 3, 3], [0, 0, 0] },
        { [0, 1], [-1.7e308, 1.7e308] },
        { [0, 1], [5e-324, 0] },
        { [-8e307, 8e307], [-8e307, 8e307] },
        { [1e15, 1e15 + 1], [1, 1 + 1e-15] },
    };

    [Theory]
    [MemberData(nameof(OddData))]
    public void Odd_data_still_give_a_chart(double[] x, double[] y)
    {
        foreach (AxisScale scale in Enum.GetValues<AxisScale>())
        {
            var chart = new LineChart { Width = 300, Height = 200, Density = 1, XAxis = new("x", scale), YAxis = new("y", scale) };
            chart.Add("line", x, y, markers: true, LineStyle.Dashed).AddBand("band", x, y, y);
            Assert.Equal(300, PngImage.Decode(chart.ToPng()).Width);
            string svg = chart.ToSvg();
            Assert.DoesNotContain("NaN", svg);
            Assert.DoesNotContain("∞", svg);
            Assert.True(new SvgDocument(svg).Texts.Count > 3, "expected ticks and labels");
        }
    }

    [Fact]
    public void Lengths_must_agree()
    {
        string message = Assert.Throws<ArgumentException>(() => new LineChart().Add("train", [1, 2, 3], [1, 2])).Message;
        Assert.Contains("train", message);
        Assert.Contains("found 2 and 3", message);
        Assert.Throws<ArgumentException>(() => new LineChart().AddBand("b", [1, 2], [1, 2], [1]));
    }

    [Fact]
    public void Pictures_do_not_depend_on_the_culture()
    {
        LineChart chart = new LineChart { Width = 300, Height = 200 }.Add("a", [-0.5, 0.25, 1234.5]);
        (byte[] png, string svg) = (chart.ToPng(), chart.ToSvg());
        CultureInfo before = CultureInfo.CurrentCulture;
        var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (strange.NumberFormat.NumberDecimalSeparator, strange.NumberFormat.NegativeSign, strange.NumberFormat.NumberGroupSeparator) = (",", "~", "'");
        try
        {
            CultureInfo.CurrentCulture = strange;
            Assert.Equal(svg, chart.ToSvg());
            Assert.Equal(png, chart.ToPng());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineChart { Width = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineChart { Height = 100_000 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineChart { Density = 9 });
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
