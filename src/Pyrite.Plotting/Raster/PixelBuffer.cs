using Pyrite.Plotting.Canvas;

namespace Pyrite.Plotting.Raster;

/// <summary>Red, green and blue bytes in rows, and the mixing of paint into them.</summary>
internal sealed class PixelBuffer
{
    public PixelBuffer(int width, int height, Rgb background)
    {
        Width = width;
        Height = height;
        Bytes = new byte[checked(width * height * 3)];
        for (int i = 0; i < Bytes.Length; i += 3)
        {
            Bytes[i] = background.R;
            Bytes[i + 1] = background.G;
            Bytes[i + 2] = background.B;
        }
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] Bytes { get; }

    /// <summary>Lets the paint cover a share of one pixel, 0 to 1.</summary>
    public void Blend(int x, int y, Paint paint, double coverage)
    {
        int alpha = (int)((255 * coverage * paint.Opacity) + 0.5);
        int at = ((y * Width) + x) * 3;
        Bytes[at] = Mix(Bytes[at], paint.Color.R, alpha);
        Bytes[at + 1] = Mix(Bytes[at + 1], paint.Color.G, alpha);
        Bytes[at + 2] = Mix(Bytes[at + 2], paint.Color.B, alpha);
    }

    private static byte Mix(int below, int above, int alpha) => (byte)(((below * (255 - alpha)) + (above * alpha) + 127) / 255);
}
