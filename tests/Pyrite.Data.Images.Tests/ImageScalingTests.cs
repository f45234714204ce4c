using SkiaSharp;

namespace Pyrite.Data.Images.Tests;

public sealed class ImageScalingTests : IDisposable
{
    private readonly Pictures pictures = new();

    public void Dispose() => pictures.Dispose();

    [Fact]
    public void An_image_of_the_size_stays_as_it_is()
    {
        string path = pictures.Write("a.png", 5, 7, Pictures.Mixed);
        foreach (ImageFit fit in Enum.GetValues<ImageFit>())
        {
            Assert.Equal(ImageFile.Read(path).ToArray<float>(), ImageFile.Read(path, 5, 7, new ImageOptions { Fit = fit }).ToArray<float>());
        }
    }

    [Fact]
    public void A_flat_image_stays_flat_in_any_size()
    {
        string path = pictures.Write("a.png", 9, 4, (_, _) => new SKColor(30, 90, 150));
        foreach ((int rows, int columns) in new[] { (1, 1), (3, 8), (20, 2), (9, 9) })
        {
            float[] red = ImageFile.Read(path, rows, columns).ToArray<float>()[..(rows * columns)];
            Assert.All(red, level => Assert.Equal(30 / 255f, level, 1e-6f));
        }
    }

    [Fact]
    public void Smaller_images_are_weighted_means_and_larger_ones_lie_between()
    {
        // Halves: the triangle over four pixels has the weights 1/8, 3/8, 3/8, 1/8; at the ends, where one is missing, 3/7, 3/7, 1/7.
        string path = pictures.Write("a.png", 1, 6, (_, column) => new SKColor((byte)(new byte[] { 0, 70, 210, 140, 28, 56 }[column]), 0, 0));
        ImageOptions stretch = new() { Fit = ImageFit.Stretch };
        float[] half = ImageFile.Read(path, 1, 3, stretch).ToArray<float>()[..3];
        double[] expected = [((3 * 0) + (3 * 70) + 210) / 7.0, (70 + (3 * 210) + (3 * 140) + 28) / 8.0, (140 + (3 * 28) + (3 * 56)) / 7.0];
        Assert.All(expected.Zip(half), pair => Assert.Equal(pair.First / 255, pair.Second, 1e-6));

        // Twice: pixels of the result lie a quarter from those of the image.
        float[] twice = ImageFile.Read(path, 1, 12, stretch).ToArray<float>()[..12];
        Assert.Equal(0, twice[0]);
        Assert.Equal(70 * 0.25 / 255, twice[1], 1e-6);
        Assert.Equal(70 * 0.75 / 255, twice[2], 1e-6);
        Assert.Equal(56 / 255f, twice[11], 1e-6f);
    }

    [Fact]
    public void What_stands_over_is_cut_off_on_both_sides()
    {
        string path = pictures.Write("a.png", 4, 12, (_, column) => new SKColor((byte)(20 * column), 0, 0));
        Assert.Equal([.. Enumerable.Range(0, 16).Select(at => 20 * (4 + (at % 4)) / 255f)], ImageFile.Read(path, 4, 4).ToArray<float>()[..16]);
        string high = pictures.Write("b.png", 12, 4, (row, _) => new SKColor((byte)(20 * row), 0, 0));
        Assert.Equal([.. Enumerable.Range(0, 16).Select(at => 20 * (4 + (at / 4)) / 255f)], ImageFile.Read(high, 4, 4).ToArray<float>()[..16]);
    }

    [Fact]
    public void What_is_left_is_background_on_both_sides()
    {
        string path = pictures.Write("a.png", 4, 2, (row, _) => new SKColor((byte)(20 * row), 0, 0));
        float[] red = ImageFile.Read(path, 4, 6, new ImageOptions { Fit = ImageFit.Contain, Background = 255 }).ToArray<float>()[..24];
        Assert.Equal([.. Enumerable.Range(0, 24).Select(at => at % 6 is 2 or 3 ? 20 * (at / 6) / 255f : 1)], red);
    }
}
