namespace Pyrite.Plotting.Tests;

public class FigureTests
{
    [Fact]
    public void Panels_are_drawn_in_their_cells()
    {
        ImageGrid Square(byte gray) => new([gray], 1, 1, 1, 1);
        Figure figure = new Figure(1, 2) { Width = 400, Height = 200, Density = 1 }.Add(Square(10)).Add(Square(20));
        PngImage image = PngImage.Decode(figure.ToPng());
        Assert.Equal((10, 20), (image[100, 100], image[300, 100]));
        Assert.Equal(255, image[200, 100]);                                                  // the margin between them
    }

    [Fact]
    public void Names_its_panels_and_shows_their_texts()
    {
        LineChart left = new LineChart { Title = "Left" }.Add("a", [1, 2]), right = new LineChart { Title = "Right" }.Add("b", [3, 4]);
        var svg = new SvgDocument(new Figure(1, 2) { Title = "Both" }.Add(left).Add(right).ToSvg());
        Assert.Equal("Both", svg.Title);
        Assert.Single(SvgDocument.Inside(svg.Group("Left"), "path"), path => path.Attribute("aria-label")?.Value == "Left");
        Assert.Single(SvgDocument.Inside(svg.Group("Right"), "path"), path => path.Attribute("aria-label")?.Value == "Right");
    }

    [Fact]
    public void Blocks_may_span_cells_but_not_overlap_or_leave_the_figure()
    {
        var panel = new LineChart();
        Figure figure = new Figure(2, 2).Add(panel, 0, 0, columnSpan: 2).Add(panel);
        Assert.Throws<ArgumentException>(() => figure.Add(panel, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => figure.Add(panel, 1, 1, columnSpan: 2));
        Assert.Throws<ArgumentException>(() => figure.Add(figure));
        figure.Add(panel, 1, 1);
        Assert.Throws<InvalidOperationException>(() => figure.Add(panel));
    }

    [Fact]
    public void Panels_too_small_for_their_labels_are_still_drawn()
    {
        var figure = new Figure(20, 20) { Width = 200, Height = 200, Density = 1 };
        for (int i = 0; i < 400; i++)
        {
            figure.Add(new LineChart { Title = "a long title", XAxis = new("x"), YAxis = new("y") }.Add("series", [1, 2, 3]));
        }

        Assert.Equal(200, PngImage.Decode(figure.ToPng()).Width);
    }
}
