using SkiaSharp;

namespace Pyrite.Plotting.Tests;

/// <summary>The pixels of a PNG file, read by Skia: gray for gray files, of the first channel for others.</summary>
internal sealed class PngPixels
{
    private readonly SKBitmap bitmap;

    private PngPixels(byte[] file)
    {
        IsGray = file[25] == 0;                                                            // the colour type in the header
        bitmap = SKBitmap.Decode(file) ?? throw new InvalidDataException("These bytes are not a picture.");
    }

    public bool IsGray { get; }

    public int Width => bitmap.Width;

    public int Height => bitmap.Height;

    public byte this[int x, int y] => bitmap.GetPixel(x, y).Red;

    public static PngPixels Of(byte[] file) => new(file);

    public static PngPixels Load(string path) => new(File.ReadAllBytes(path));
}
