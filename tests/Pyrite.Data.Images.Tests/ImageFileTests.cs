using SkiaSharp;

namespace Pyrite.Data.Images.Tests;

public sealed class ImageFileTests : IDisposable
{
    private readonly Pictures pictures = new();

    public void Dispose() => pictures.Dispose();

    [Fact]
    public void A_png_is_read_to_the_byte()
    {
        Tensor image = ImageFile.Read(pictures.Write("a.png", 5, 7, Pictures.Mixed));
        Assert.Equal(Shape.Create([3, 5, 7]), image.Shape);
        float[] pixels = image.ToArray<float>();
        for (int at = 0; at < 35; at++)
        {
            SKColor colour = Pictures.Mixed(at / 7, at % 7);
            Assert.Equal([colour.Red / 255f, colour.Green / 255f, colour.Blue / 255f], new[] { pixels[at], pixels[35 + at], pixels[70 + at] });
        }
    }

    [Theory, InlineData("a.jpg"), InlineData("a.jpeg"), InlineData("a.webp")]
    public void What_is_written_with_losses_is_read_nearly(string name)
    {
        static SKColor Smooth(int row, int column) => new((byte)(8 * row), (byte)(8 * column), 100);
        float[] pixels = ImageFile.Read(pictures.Write(name, 16, 24, Smooth)).ToArray<float>();
        for (int at = 0; at < 16 * 24; at++)
        {
            SKColor colour = Smooth(at / 24, at % 24);
            Assert.Equal(colour.Red / 255f, pixels[at], 0.06f);
            Assert.Equal(colour.Green / 255f, pixels[384 + at], 0.06f);
            Assert.Equal(colour.Blue / 255f, pixels[768 + at], 0.06f);
        }
    }

    [Fact]
    public void Grey_is_the_weighted_sum_of_colours()
    {
        Tensor image = ImageFile.Read(pictures.Write("a.png", 5, 7, Pictures.Mixed), new ImageOptions { Channels = 1 });
        Assert.Equal(Shape.Create([1, 5, 7]), image.Shape);
        Assert.Equal([.. Enumerable.Range(0, 35).Select(at => Pictures.Mixed(at / 7, at % 7))
            .Select(c => MathF.Floor((float)(((299 * c.Red) + (587 * c.Green) + (114 * c.Blue) + 500) / 1000)) / 255f)], image.ToArray<float>());
        Assert.Equal([.. Enumerable.Range(0, 35).Select(at => ((16 * (at / 7)) + (at % 7)) / 255f)],
            ImageFile.Read(pictures.Write("b.png", 5, 7, Pictures.Grey), new ImageOptions { Channels = 1 }).ToArray<float>());
    }

    [Fact]
    public void What_is_transparent_shows_the_background()
    {
        string path = pictures.Write("a.png", 1, 3, (_, column) => new SKColor(200, 100, 50, (byte)(column == 0 ? 0 : column == 1 ? 255 : 128)));
        float[] red = ImageFile.Read(path, new ImageOptions { Background = 20 }).ToArray<float>()[..3];
        Assert.Equal([20 / 255f, 200 / 255f, 110 / 255f], red);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void Photographs_stand_upright(byte orientation)
    {
        // Quarters of four greys; upright they are 0, 80 above 160, 240. Exif says at which side the file's first row and first column are: for 6 at
        // the right and the top, so the file's first quarter is the right upper one.
        int[][] orders = [[], [0, 1, 2, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 3, 0, 1], [0, 2, 1, 3], [1, 3, 0, 2], [3, 1, 2, 0], [2, 0, 3, 1]];
        int[] order = orders[orientation];
        (int rows, int columns) = orientation >= 5 ? (32, 16) : (16, 32);
        byte[] jpeg = Pictures.Encode(SKEncodedImageFormat.Jpeg, rows, columns, (row, column) =>
        {
            byte level = (byte)(80 * order[(2 * (2 * row / rows)) + (2 * column / columns)]);
            return new SKColor(level, level, level);
        });
        Tensor image = ImageFile.Read(pictures.Write("a.jpg", Pictures.Turned(jpeg, orientation)), new ImageOptions { Channels = 1 });
        Assert.Equal(Shape.Create([1, 16, 32]), image.Shape);
        float[] pixels = image.ToArray<float>();
        int[] middles = [(4 * 32) + 8, (4 * 32) + 24, (12 * 32) + 8, (12 * 32) + 24];
        Assert.Equal([0, 80, 160, 240], middles.Select(at => (int)MathF.Round(pixels[at] * 255 / 10) * 10));
    }

    [Fact]
    public void The_format_is_that_of_the_content_not_of_the_name()
    {
        byte[] png = Pictures.Encode(SKEncodedImageFormat.Png, 2, 2, Pictures.Mixed);
        Assert.Equal(Shape.Create([3, 2, 2]), ImageFile.Read(pictures.Write("a.jpg", png)).Shape);
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];
        Assert.Contains("Gif", Assert.Throws<InvalidDataException>(() => ImageFile.Read(pictures.Write("b.png", gif))).Message);
        Assert.Contains("something else",
            Assert.Throws<InvalidDataException>(() => ImageFile.Read(pictures.Write("c.png", "text"u8.ToArray()))).Message);
        Assert.Contains("c.png", Assert.Throws<InvalidDataException>(() => ImageFile.Read(pictures.Write("c.png", []))).Message);
    }

    [Fact]
    public void Sizes_are_checked_before_anything_is_decoded()
    {
        byte[] png = Pictures.Encode(SKEncodedImageFormat.Png, 4, 4, Pictures.Mixed);
        string path = pictures.Write("bomb.png", Pictures.Announcing(png, 60_000, 50_000));
        string message = Assert.Throws<InvalidDataException>(() => ImageFile.Read(path)).Message;
        Assert.Contains("50,000 x 60,000", message);
        Assert.Contains("bomb.png", message);
        Assert.Contains("at most 100 bytes",
            Assert.Throws<InvalidDataException>(() => ImageFile.Read(path, new ImageOptions { MaxFileBytes = 100, MaxPixels = 1 })).Message);
        Assert.Contains("at most 15 pixels", Assert.Throws<InvalidDataException>(
            () => ImageFile.Read(pictures.Write("a.png", png), new ImageOptions { MaxPixels = 15 })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.Read(path, new ImageOptions { Channels = 2 }));
    }

    [Theory, InlineData(SKEncodedImageFormat.Png), InlineData(SKEncodedImageFormat.Jpeg), InlineData(SKEncodedImageFormat.Webp)]
    public void Cut_files_are_refused(SKEncodedImageFormat format)
    {
        byte[] whole = Pictures.Encode(format, 32, 32, Pictures.Mixed);
        string path = pictures.Write("cut", whole[..(whole.Length / 2)]);
        Assert.Contains("cut", Assert.Throws<InvalidDataException>(() => ImageFile.Read(path)).Message);
    }

    [Theory, InlineData(SKEncodedImageFormat.Png), InlineData(SKEncodedImageFormat.Jpeg), InlineData(SKEncodedImageFormat.Webp)]
    public void Damaged_files_are_read_or_refused_by_name(SKEncodedImageFormat format)
    {
        byte[] whole = Pictures.Encode(format, 24, 20, Pictures.Mixed);
        RandomKey key = RandomKey.FromSeed(9).Child((int)format);
        ImageOptions options = new() { MaxPixels = 100_000 };
        int refused = 0;
        for (int round = 0; round < 1_500; round++)
        {
            string path = pictures.Write("damaged", Damage(whole, key.Child(round)));
            try
            {
                Assert.Equal(Shape.Create([3, 8, 8]), ImageFile.Read(path, 8, 8, options).Shape);
            }
            catch (InvalidDataException refusal)
            {
                Assert.Contains("damaged", refusal.Message);
                refused++;
            }
        }
        Assert.InRange(refused, 100, 1_500);
    }

    private static byte[] Damage(byte[] whole, RandomKey key)
    {
        Span<long> numbers = stackalloc long[9];
        key.FillIntegers(numbers, 1L << 40);
        List<byte> bytes = [.. whole];
        for (int i = 0; i < 1 + (numbers[0] % 4); i++)
        {
            int at = (int)(numbers[1 + (2 * i)] % bytes.Count), with = (int)(numbers[2 + (2 * i)] % 260);
            if (with < 256)
            {
                bytes[at] = (byte)with;
            }
            else if (with < 258)
            {
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, 5));
                bytes.Add(0);
            }
            else
            {
                bytes.InsertRange(at, [0, 255, 0, 255]);
            }
        }
        return [.. bytes];
    }
}
