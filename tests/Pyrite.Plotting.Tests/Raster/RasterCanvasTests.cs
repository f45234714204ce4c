using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Raster;

namespace Pyrite.Plotting.Tests.Raster;

public class RasterCanvasTests
{
    private static readonly Paint Black = new(Rgb.Black);

    [Fact]
    public void A_line_of_one_pixel_through_pixel_centres_fills_exactly_these_pixels()
    {
        var canvas = new RasterCanvas(8, 5, 1, Rgb.White);
        canvas.StrokePath(new VectorPath().MoveTo(1, 2.5).LineTo(6, 2.5), new Stroke(1, RoundEnds: false), Black);
        PngImage image = canvas.ToImage();
        for (int y = 0; y < 5; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                Assert.Equal(y == 2 && x is >= 1 and < 6 ? 0 : 255, image[x, y]);
            }
        }
    }

    [Fact]
    public void A_line_between_two_rows_shades_both_by_half()
    {
        var canvas = new RasterCanvas(8, 5, 1, Rgb.White);
        canvas.StrokePath(new VectorPath().MoveTo(0, 2).LineTo(8, 2), new Stroke(1, RoundEnds: false), Black);
        PngImage image = canvas.ToImage();
        Assert.Equal([255, 127, 127, 255, 255], Enumerable.Range(0, 5).Select(y => (int)image[4, y]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(30, 1)]
    [InlineData(45, 2)]
    [InlineData(80, 3)]
    public void A_slanted_line_covers_its_area(double degrees, double width)
    {
        double angle = degrees * Math.PI / 180;
        var canvas = new RasterCanvas(100, 100, 1, Rgb.White);
        canvas.StrokePath(
            new VectorPath().MoveTo(20, 15).LineTo(20 + (60 * Math.Cos(angle)), 15 + (60 * Math.Sin(angle))), new Stroke(width, RoundEnds: false),
                Black);
        Assert.Equal(60 * width, CoveredArea(canvas), 0.03 * 60 * width);
    }

    [Fact]
    public void Overlapping_pieces_of_one_line_do_not_darken()
    {
        var canvas = new RasterCanvas(40, 40, 1, Rgb.White);
        canvas.StrokePath(new VectorPath().MoveTo(5, 20).LineTo(35, 20).LineTo(5, 20).LineTo(35, 20), new Stroke(4), new Paint(Rgb.Black, 0.5));
        Assert.Equal(127, canvas.ToImage()[20, 20]);
    }

    [Fact]
    public void Fills_cover_their_area_to_a_fraction_of_a_pixel()
    {
        var triangle = new RasterCanvas(50, 50, 1, Rgb.White);
        triangle.FillPath(new VectorPath().MoveTo(3.3, 4.1).LineTo(44.2, 9.7).LineTo(12.9, 41.6).Close(), Black);
        Assert.Equal(0.5 * Math.Abs((40.9 * 37.5) - (9.6 * 5.6)), CoveredArea(triangle), 1.5);       // half the cross product of two sides
        var disc = new RasterCanvas(50, 50, 1, Rgb.White);
        disc.FillCircle(new CanvasPoint(25.3, 24.8), 10, Black);
        Assert.Equal(Math.PI * 100, CoveredArea(disc), 1.5);
        var square = new RasterCanvas(50, 50, 1, Rgb.White);
        square.FillRectangle(new Rect(10.25, 10.5, 20, 10.5), Black);
        Assert.Equal(210, CoveredArea(square), 0.5);
    }

    [Fact]
    public void Overlaps_of_one_fill_wind_without_holes()
    {
        var canvas = new RasterCanvas(20, 20, 1, Rgb.White);
        canvas.FillPath(new VectorPath().MoveTo(2, 2).LineTo(18, 2).LineTo(18, 18).LineTo(2, 18).Close()
            .MoveTo(5, 5).LineTo(15, 5).LineTo(15, 15).LineTo(5, 15).Close(), Black);
        Assert.Equal(256, CoveredArea(canvas), 0.01);
    }

    [Fact]
    public void Nothing_is_drawn_outside_of_a_clip()
    {
        var canvas = new RasterCanvas(30, 30, 2, Rgb.White);
        canvas.PushClip(new Rect(10, 10, 10, 10));
        canvas.FillRectangle(new Rect(-100, -100, 1000, 1000), Black);
        canvas.FillCircle(new CanvasPoint(15, 15), 500, Black);
        canvas.FillPath(new VectorPath().MoveTo(-1e7, -1e7).LineTo(1e7, -1e7).LineTo(0, 1e7), Black);
        canvas.StrokePath(new VectorPath().MoveTo(-1e7, -1e7).LineTo(1e7, 1e7), new Stroke(90), Black);
        canvas.PopClip();
        Assert.Equal(400, CoveredArea(canvas), 0.01);
        canvas.FillRectangle(new Rect(0, 0, 30, 30), Black);
        Assert.Equal(3600, CoveredArea(canvas), 0.01);
    }

    [Fact]
    public void Dashes_leave_gaps()
    {
        var canvas = new RasterCanvas(40, 3, 1, Rgb.White);
        canvas.StrokePath(new VectorPath().MoveTo(0, 1.5).LineTo(40, 1.5), new Stroke(1, RoundEnds: false, [6, 4]), Black);
        PngImage image = canvas.ToImage();
        Assert.Equal(
            string.Concat(Enumerable.Repeat("######....", 4)),
            string.Concat(Enumerable.Range(0, 40).Select(x => image[x, 1] == 0 ? '#' : '.')));
    }

    [Fact]
    public void Images_keep_sharp_pixels()
    {
        var canvas = new RasterCanvas(6, 6, 1, Rgb.White);
        canvas.DrawImage(new Rect(1, 1, 4, 4), new PngImage(2, 2, 1, new byte[] { 10, 20, 30, 40 }));
        PngImage image = canvas.ToImage();
        Assert.Equal([255, 10, 10, 20, 20, 255], Enumerable.Range(0, 6).Select(x => (int)image[x, 2]));
        Assert.Equal([255, 30, 30, 40, 40, 255], Enumerable.Range(0, 6).Select(x => (int)image[x, 4]));
    }

    private static double CoveredArea(RasterCanvas canvas)
    {
        PngImage image = canvas.ToImage();
        double sum = 0;
        for (int i = 0; i < image.Pixels.Length; i += 3)
        {
            sum += (255 - image.Pixels.Span[i]) / 255.0;
        }

        return sum;
    }
}
