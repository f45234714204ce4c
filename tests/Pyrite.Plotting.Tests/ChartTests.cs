using ScottPlot;

namespace Pyrite.Plotting.Tests;

public sealed class ChartTests
{
    [Fact]
    public void A_band_with_a_line_in_its_middle_has_one_entry_that_shows_both()
    {
        Chart chart = new();
        chart.AddBand("prediction", [0, 1], [0, 0], [2, 2], [1, 1], ScottPlot.Colors.Red);
        chart.AddBand("plain", [0, 1], [3, 3], [4, 4]);
        ScottPlot.LegendItem[] items = chart.Legend.GetItems();
        Assert.Equal(["prediction", "plain"], items.Select(item => item.LabelText));
        Assert.Equal((ScottPlot.Colors.Red.WithOpacity(0.22), ScottPlot.Colors.Red, 2f),
            (items[0].FillColor, items[0].LineColor, items[0].LineWidth));
        Assert.Equal(0, items[1].LineWidth);
    }

    [Fact]
    public void Pictures_have_the_promised_size_in_every_format()
    {
        Chart chart = Wave(width: 400, height: 300);
        PngPixels png = PngPixels.Of(chart.ToPng());
        Assert.Equal((800, 600), (png.Width, png.Height));
        Assert.Contains("width=\"400\" height=\"300\"", chart.ToSvg());
        Assert.Contains("viewBox=\"0 0 400 300\"", chart.ToSvg());
        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString(chart.ToPdf()));
    }

    [Fact]
    public void What_is_not_finite_is_counted_and_said()
    {
        Chart chart = new("Gaps") { Note = "a remark" };
        chart.AddLine("line", [0, 1, 2, double.NaN], [1, double.NaN, 3, 4]);
        chart.AddDots("dots", [0, 1], [1, double.PositiveInfinity]);
        chart.AddBand("band", [0, 1, 2], [0, double.NaN, 0], [1, 1, 1]);
        Assert.Equal(4, chart.PointsLeftOut);
        Assert.Contains("a remark; 4 of 9 points cannot be drawn", chart.ToSvg());
        Assert.DoesNotContain("NaN", chart.ToSvg());
    }

    [Fact]
    public void Lines_have_gaps_where_numbers_are_missing()
    {
        Chart whole = new("x"), cut = new("x");
        double[] x = [.. Enumerable.Range(0, 9).Select(i => (double)i)], y = [0, 0, 0, 0, 0, 0, 0, 0, 1];
        whole.AddLine("", x, y, Colors.Red);
        cut.AddLine("", x, [.. y.Select((value, i) => i == 4 ? double.NaN : value)], Colors.Red);
        Assert.True(Red(cut) < 0.85 * Red(whole));

        static int Red(Chart chart)
        {
            using SkiaSharp.SKBitmap bitmap = SkiaSharp.SKBitmap.Decode(chart.ToPng());
            return bitmap.Pixels.Count(pixel => pixel.Red > 200 && pixel.Green < 80 && pixel.Blue < 80);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_legend_that_is_hidden_stays_hidden_until_it_is_shown(bool isDrawnBefore)
    {
        Chart chart = Wave(width: 400, height: 300);
        if (isDrawnBefore)
        {
            Assert.True(IsShown());
        }
        chart.HideLegend();
        Assert.False(IsShown());
        chart.ShowLegend(Alignment.LowerLeft);
        Assert.True(IsShown());
        Assert.Equal(Alignment.LowerLeft, chart.Legend.Alignment);

        bool IsShown()
        {
            chart.ToSvg();
            return chart.Legend.IsVisible;
        }
    }

    [Fact]
    public void Legends_stand_in_the_emptiest_corner_and_many_entries_beside_the_plot()
    {
        Chart rising = new("x");
        rising.AddLine("rising", [0, 1, 2, 3], [0, 1, 2, 3]);
        rising.ToPng();
        Assert.Equal(Alignment.UpperLeft, rising.Legend.Alignment);
        Chart falling = new("x");
        falling.AddLine("falling", [0, 1, 2, 3], [3, 2, 1, 0]);
        falling.ToPng();
        Assert.Equal(Alignment.UpperRight, falling.Legend.Alignment);
        Chart many = new("x");
        for (int i = 0; i < 8; i++)
        {
            many.AddLine($"line {i}", [0, 1], [i, i + 1]);
        }
        string svg = many.ToSvg();
        Assert.False(many.Legend.IsVisible);
        Assert.All(Enumerable.Range(0, 8), i => Assert.Contains($"line {i}", svg));
        many.LegendPlacement = LegendPlacement.None;
    }

    [Fact]
    public void All_that_was_added_lies_inside_the_axes()
    {
        Chart forest = new("x");
        for (int i = 0; i < 10; i++)
        {
            forest.AddInterval($"row {i}", i, (i - 1, i + 1), (i - 2, i + 2));
        }
        forest.ToPng();
        AxisLimits limits = forest.Axes.GetLimits();
        Assert.Equal((-9.5, 0.5), (limits.Bottom, limits.Top));
        Assert.True(limits.Left is < -2 and > -4 && limits.Right is > 11 and < 13);

        Chart density = new("x");
        density.AddLine("density", [0, 1, 2], [0, 1, 0]);
        density.FromZero();
        density.AddHistogram("counts", [1, 1, 1, 1], bins: 2, low: 0, high: 4);
        density.AddDots("late", [6], [7]);
        density.ToPng();
        limits = density.Axes.GetLimits();
        Assert.Equal(0, limits.Bottom);
        Assert.True(limits.Top is > 7 and < 8 && limits.Right is > 6 and < 7);
    }

    [Fact]
    public void Histograms_count_their_values()
    {
        Chart chart = new("x");
        ScottPlot.Plottables.Polygon bars = chart.AddHistogram("h", [0, 0.5, 1, 1.5, 1.9, 4, double.NaN], bins: 4, low: 0, high: 4);
        Assert.Equal([2, 3, 0, 1], Enumerable.Range(0, 4).Select(bin => bars.Coordinates[1 + (2 * bin)].Y));
        ScottPlot.Plottables.Polygon density = chart.AddHistogram("d", [0, 0.5, 1, 1.5], bins: 2, low: 0, high: 4, isDensity: true);
        Assert.Equal(0.5, density.Coordinates[1].Y, 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => chart.AddHistogram("h", [1], bins: 0));
    }

    [Fact]
    public void Lengths_that_differ_and_sizes_that_cannot_be_drawn_are_refused()
    {
        Chart chart = new("x");
        Assert.Contains("found 2 and 1", Assert.Throws<ArgumentException>(() => chart.AddLine("a", [1, 2], [1])).Message);
        Assert.Throws<ArgumentException>(() => chart.AddBand("a", [1, 2], [1, 2], [1]));
        Assert.Throws<ArgumentException>(() => chart.AddClasses([1, 2], [1, 2], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Chart(width: 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Chart { Density = 5 });
    }

    [Fact]
    public void Classes_keep_their_colours_and_have_a_legend()
    {
        Chart chart = new("Digits");
        chart.AddClasses([0, 1, 2], [0, 1, 2], [3, 7, 3], ["zero", "one", "two", "three"]);
        string svg = chart.ToSvg();
        Assert.Contains("three", svg);
        Assert.Equal(["three", "7"], chart.Legend.GetItems().Select(item => item.LabelText));
        Assert.Contains(Theme.ClassColors[7].ToHex(), svg, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_font_is_the_library_s_own()
    {
        Assert.Equal("Inter", Fonts.GetTypeface(Theme.FontName, bold: false, italic: false).FamilyName);
        Assert.Contains("font-family=\"Inter, ", Wave().ToSvg());
        Plot mine = new();
        Theme.Apply(mine);
        Assert.Equal(Theme.FontName, mine.Axes.Title.Label.FontName);
    }

    [Fact]
    public void Figures_place_charts_and_refuse_what_does_not_fit()
    {
        Figure figure = new(2, 2, "All", 600, 400);
        figure.Add(Wave()).Add(Wave(), 1, 1).Add(Wave());
        Assert.Throws<ArgumentException>(() => figure.Add(Wave(), 1, 1));
        Assert.Throws<ArgumentException>(() => figure.Add(Wave(), 2, 0));
        figure.Add(Wave());
        Assert.Throws<InvalidOperationException>(() => figure.Add(Wave()));
        PngPixels png = PngPixels.Of(figure.ToPng());
        Assert.Equal((1200, 800), (png.Width, png.Height));
        Assert.Contains("All", figure.ToSvg());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Figure(0, 1));
    }

    [Fact]
    public void Many_threads_draw_the_same()
    {
        byte[][] drawn = new byte[16][];
        Parallel.For(0, drawn.Length, i => drawn[i] = Wave().ToPng());
        Assert.All(drawn, png => Assert.Equal(drawn[0], png));
    }

    [Fact]
    public void Files_are_whole_or_the_error_says_why_not()
    {
        string folder = Directory.CreateTempSubdirectory("pyrite-charts-").FullName;
        try
        {
            Chart chart = Wave();
            (string Name, Action<string> Save)[] savers =
                [("w.png", p => chart.SavePng(p)), ("w.svg", p => chart.SaveSvg(p)), ("w.pdf", p => chart.SavePdf(p))];
            foreach ((string name, Action<string> save) in savers)
            {
                save(Path.Combine(folder, name));
                Assert.StartsWith("Cannot write", Assert.ThrowsAny<IOException>(() => save(Path.Combine(folder, "missing", name))).Message);
            }
            Assert.Equal(chart.ToPng(), File.ReadAllBytes(Path.Combine(folder, "w.png")));
            Assert.Equal(3, Directory.GetFiles(folder).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Diagrams_are_drawn_as_png_and_pdf()
    {
        Diagram graph = new([new DiagramNode("mu", "Normal", DiagramNodeStyle.Open, []), new DiagramNode("y", "", DiagramNodeStyle.Filled, ["rows"])],
            [new DiagramEdge("mu", "y")], "Model");
        PngPixels png = PngPixels.Of(graph.ToPng());
        Assert.Equal((2 * graph.Width, 2 * graph.Height), (png.Width, png.Height));
        Assert.Equal(graph.ToPng(), graph.ToPng());
        Assert.Contains(Enumerable.Range(0, png.Width), x => png[x, png.Height / 2] < 100);
        Assert.Contains("mu", graph.Picture.ToSvg());
    }

    [Fact]
    public void Diagnostics_have_charts()
    {
        PitEcdf ecdf = PitEcdf.Of([.. Enumerable.Range(0, 50).Select(i => (i + 0.5) / 50)]);
        Assert.Contains("inside the band", ecdf.ToChart().ToSvg());
        double[] logLikelihood = [.. Enumerable.Range(0, 400).Select(i => -1 - (0.1 * (i % 7)))];
        Assert.Contains("Pareto k (", PredictiveAccuracy.Loo(logLikelihood, draws: 100).ToChart().ToSvg());
        Assert.Contains("PSIS-LOO", Assert.Throws<InvalidOperationException>(() => PredictiveAccuracy.Waic(logLikelihood, 100).ToChart()).Message);
    }

    private static Chart Wave(int width = 900, int height = 560)
    {
        double[] x = [.. Enumerable.Range(0, 100).Select(i => i / 10.0)];
        Chart chart = new("A wave", "x", "y", width, height);
        chart.AddLine("sin", x, [.. x.Select(Math.Sin)]);
        return chart;
    }
}
