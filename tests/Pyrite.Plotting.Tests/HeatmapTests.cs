namespace Pyrite.Plotting.Tests;

public class HeatmapTests
{
    [Fact]
    public void Cells_have_the_colours_of_their_values_with_the_first_row_on_top()
    {
        var map = new Heatmap([0, 1, double.NaN, 0.5], 2, 2) { Colors = ColorMap.Grays, Width = 400, Height = 400, Density = 1 };
        PngImage image = PngImage.Decode(map.ToPng());
        Assert.Equal((0, 255), (image[100, 100], image[250, 100]));
        Assert.Equal((222, 128), (image[100, 280], image[250, 280]));
        Assert.Equal(1, map.CellsLeftOut);
    }

    [Fact]
    public void Svg_names_rows_columns_and_the_colour_bar()
    {
        var map = new Heatmap([1, 2, 3, 4, 5, 6], 2, 3) { RowNames = ["a", "b"], ColumnNames = ["u", "v", "w"], ColorLabel = "images" };
        var svg = new SvgDocument(map.ToSvg());
        Assert.Equal(2, svg.All("image").Count);
        Assert.All((string[])["a", "b", "u", "v", "w", "images"], text => Assert.Contains(text, svg.Texts));
    }

    [Fact]
    public void Colour_maps_hit_their_knots_and_rise_in_between()
    {
        Assert.Equal(Rgb.Parse("#440154"), ColorMap.Viridis.At(-1));
        Assert.Equal(Rgb.Parse("#21918c"), ColorMap.Viridis.At(0.5));
        Assert.Equal(Rgb.Parse("#fde725"), ColorMap.Viridis.At(2));
        double[] luminance =
            Enumerable.Range(0, 100).Select(i => ColorMap.Viridis.At(i / 99.0)).Select(c => (0.2126 * c.R) + (0.7152 * c.G) + (0.0722 * c.B))
                .ToArray();
        Assert.Equal(luminance.Order(), luminance);
        Assert.Throws<ArgumentException>(() => ColorMap.Viridis.At(double.NaN));
    }

    [Fact]
    public void Refuses_sizes_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>(() => new Heatmap([1, 2, 3], 2, 2));
        Assert.Throws<ArgumentException>(() => new Heatmap([], 0, 0));
        Assert.Throws<ArgumentException>(() => new Heatmap([1], 1, 1) { RowNames = ["a", "b"] }.ToSvg());
    }

    [Theory]
    [InlineData(4.0)]
    [InlineData(double.NaN)]
    public void A_matrix_of_one_value_is_drawn(double value) => Assert.Equal(1800, PngImage.Decode(new Heatmap([value], 1, 1).ToPng()).Width);
}
