using SkiaSharp;

namespace Pyrite.Decoding;

/// <summary>Reads image files that nobody has vouched for.</summary>
internal static class ImageDecoder
{
    private static readonly SKEncodedImageFormat[] Formats = [SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp];

    /// <summary>The pixels of a file, upright; of an animation the first frame.</summary>
    /// <exception cref="InvalidDataException">The file is no such image, damaged, or larger than the limits.</exception>
    public static Planes Decode(string path, ImageOptions options)
    {
        long length = new FileInfo(path).Length;
        if (length > options.MaxFileBytes)
        {
            throw Problem(path, $"expected at most {options.MaxFileBytes:N0} bytes; found {length:N0}. Raise {nameof(ImageOptions.MaxFileBytes)} if "
                + "the file is trusted.");
        }
        byte[] content = File.ReadAllBytes(path);
        using SKData data = SKData.CreateCopy(content);
        using SKCodec codec = SKCodec.Create(data) ?? throw Problem(path, "expected a PNG, JPEG or WebP image; found something else.");
        if (!Formats.Contains(codec.EncodedFormat))
        {
            throw Problem(path, $"expected a PNG, JPEG or WebP image; found the format {codec.EncodedFormat}.");
        }
        (int columns, int rows) = (codec.Info.Width, codec.Info.Height);
        if (columns < 1 || rows < 1 || (long)columns * rows > options.MaxPixels)
        {
            throw Problem(path, $"expected at most {options.MaxPixels:N0} pixels; found {rows:N0} x {columns:N0}. Raise "
                + $"{nameof(ImageOptions.MaxPixels)} if the file is trusted.");
        }
        using SKColorSpace colours = SKColorSpace.CreateSrgb();
        using SKBitmap bitmap = new();
        SKImageInfo form = new(columns, rows, SKColorType.Rgba8888, SKAlphaType.Unpremul, colours);
        if (!bitmap.TryAllocPixels(form))
        {
            throw new OutOfMemoryException($"There is no memory for the {rows:N0} x {columns:N0} pixels of \"{path}\".");
        }
        SKCodecResult result = codec.GetPixels(form, bitmap.GetPixels());
        return result == SKCodecResult.Success
            ? Upright(bitmap.GetPixelSpan(), bitmap.RowBytes, rows, columns, codec.EncodedOrigin, options)
            : throw Problem(path, $"the image is damaged or cut off ({result}). Take it out, or fetch it anew.");
    }

    private static Planes Upright(ReadOnlySpan<byte> pixels, int rowBytes, int rows, int columns, SKEncodedOrigin origin, ImageOptions options)
    {
        bool isTurned = origin >= SKEncodedOrigin.LeftTop;
        (int height, int width) = isTurned ? (columns, rows) : (rows, columns);
        byte[] planes = new byte[checked(options.Channels * height * width)];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                (int y, int x) = Source(origin, row, column, rows, columns);
                Write(pixels.Slice((y * rowBytes) + (4 * x), 4), planes, (row * width) + column, height * width, options);
            }
        }
        return new Planes(planes, options.Channels, height, width);
    }

    /// <summary>Where a pixel of the upright image stands in the file's (Exif 2.3, the tag Orientation).</summary>
    private static (int Row, int Column) Source(SKEncodedOrigin origin, int row, int column, int rows, int columns) => origin switch
    {
        SKEncodedOrigin.TopRight => (row, columns - 1 - column),
        SKEncodedOrigin.BottomRight => (rows - 1 - row, columns - 1 - column),
        SKEncodedOrigin.BottomLeft => (rows - 1 - row, column),
        SKEncodedOrigin.LeftTop => (column, row),
        SKEncodedOrigin.RightTop => (rows - 1 - column, row),
        SKEncodedOrigin.RightBottom => (rows - 1 - column, columns - 1 - row),
        SKEncodedOrigin.LeftBottom => (column, columns - 1 - row),
        _ => (row, column),
    };

    private static void Write(ReadOnlySpan<byte> pixel, byte[] planes, int at, int size, ImageOptions options)
    {
        int red = Over(pixel[0], pixel[3], options.Background), green = Over(pixel[1], pixel[3], options.Background);
        int blue = Over(pixel[2], pixel[3], options.Background);
        if (options.Channels == 1)
        {
            planes[at] = (byte)(((299 * red) + (587 * green) + (114 * blue) + 500) / 1000);
            return;
        }
        planes[at] = (byte)red;
        planes[size + at] = (byte)green;
        planes[(2 * size) + at] = (byte)blue;
    }

    private static int Over(int colour, int alpha, int background) => ((colour * alpha) + (background * (255 - alpha)) + 127) / 255;

    private static InvalidDataException Problem(string path, string what) => new($"Reading the image \"{path}\": {what}");
}
