namespace Pyrite.Plotting.Tests;

public class ImageGridTests
{
    [Fact]
    public void Thirty_by_thirty_digits_give_840_by_840_unchanged_pixels()
    {
        byte[] pixels = Noise(900 * 784);
        byte[] file = new ImageGrid(pixels, 30, 30, 28, 28).ToPng();
        PngPixels image = PngPixels.Of(file);
        Assert.Equal((840, 840, true), (image.Width, image.Height, image.IsGray));
        for (int y = 0; y < 840; y++)
        {
            for (int x = 0; x < 840; x++)
            {
                Assert.Equal(pixels[(((y / 28 * 30) + (x / 28)) * 784) + (y % 28 * 28) + (x % 28)], image[x, y]);
            }
        }
    }

    [Fact]
    public void Padding_surrounds_images_and_magnification_repeats_pixels()
    {
        byte[] pixels = Noise(3 * 2 * 3);
        var grid = new ImageGrid(pixels, 2, 2, 2, 3) { Padding = 1, Background = 99, Magnification = 2 };
        PngPixels image = PngPixels.Of(grid.ToPng());
        Assert.Equal((2 * ((2 * 4) + 1), 2 * ((2 * 3) + 1)), (image.Width, image.Height));
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                int row = y / 2 / 3, column = x / 2 / 4, top = (y / 2 % 3) - 1, left = (x / 2 % 4) - 1, index = (row * 2) + column;
                bool isPixel = top >= 0 && left >= 0 && index < 3;
                Assert.Equal(isPixel ? pixels[(index * 6) + (top * 3) + left] : (byte)99, image[x, y]);
            }
        }
    }

    [Fact]
    public void Labels_stand_left_of_unchanged_images()
    {
        byte[] pixels = Noise(2 * 784);
        PngPixels image = PngPixels.Of(new ImageGrid(pixels, 2, 1, 28, 28) { RowLabels = ["data", "model"], Background = 255 }.ToPng());
        int margin = image.Width - 28;
        Assert.True(image.IsGray);
        Assert.True(margin > 30);
        for (int i = 0; i < pixels.Length; i++)
        {
            Assert.Equal(pixels[i], image[margin + (i % 28), i / 28]);
        }

        Assert.Contains(Enumerable.Range(0, margin), x => image[x, 14] < 100);              // ink of the first label
        Assert.Throws<ArgumentException>(() => new ImageGrid(pixels, 2, 1, 28, 28) { RowLabels = ["one"] }.ToPng());
    }

    [Fact]
    public void Svg_embeds_the_same_pixels()
    {
        byte[] pixels = Noise(4 * 16);
        ImageGrid grid = new(pixels, 2, 2, 4, 4);
        string svg = grid.ToSvg(), mark = "base64,";
        int start = svg.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        PngPixels embedded = PngPixels.Of(Convert.FromBase64String(svg[start..svg.IndexOf('"', start)])), file = PngPixels.Of(grid.ToPng());
        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(file[i % 8, i / 8], embedded[i % 8, i / 8]);
        }
    }

    [Fact]
    public void Numbers_from_0_to_1_are_rounded_to_the_nearest_gray()
    {
        byte[] bytes = ImageGrid.ToBytes([0f, 1f, 0.5f, -3f, 7f, float.NaN, 1 / 255f, 0.499f / 255, 0.501f / 255]);
        Assert.Equal([0, 255, 128, 0, 255, 0, 1, 0, 1], bytes);
    }

    [Theory]
    [InlineData(783)]
    [InlineData(785)]
    [InlineData(784 * 5)]
    public void Refuses_pixels_that_do_not_make_up_images(int length) =>
        Assert.Throws<ArgumentException>(() => new ImageGrid(new byte[length], 2, 2, 28, 28));

    [Fact]
    public void Refuses_sizes_that_cannot_be_drawn()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageGrid([], 0, 1, 28, 28));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageGrid([], 1, 1, 28, 28) { Magnification = 0 });
        Assert.Throws<ArgumentException>(() => new ImageGrid([], int.MaxValue, int.MaxValue, 2, 2).ToPng());
        Assert.Throws<ArgumentException>(() => new ImageGrid([], 1000, 1000, 28, 28).ToSvg());
    }

    private static byte[] Noise(int length)
    {
        byte[] pixels = new byte[length];
        new Random(length).NextBytes(pixels);
        return pixels;
    }
}
