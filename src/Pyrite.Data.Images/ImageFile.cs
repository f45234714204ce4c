using Pyrite.Decoding;

namespace Pyrite;

/// <summary>Single image files as tensors.</summary>
public static class ImageFile
{
    /// <summary>Reads a PNG, JPEG or WebP file in its own size, turned upright as its camera says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How; null for colours and the usual limits.</param>
    /// <returns>Float32 [channels, rows, columns] in [0, 1], in sRGB.</returns>
    /// <exception cref="InvalidDataException">The file is no such image, damaged, or larger than the limits.</exception>
    public static Tensor Read(string path, ImageOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Planes planes = ImageDecoder.Decode(path, (options ?? new ImageOptions()).Check());
        float[] pixels = new float[planes.Bytes.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = planes.Bytes[i] / 255f;
        }
        return Tensor.From<float>(pixels, [planes.Channels, planes.Rows, planes.Columns]);
    }

    /// <summary>Reads a PNG, JPEG or WebP file and brings it to a size.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The height wanted, in pixels.</param>
    /// <param name="columns">The width wanted, in pixels.</param>
    /// <param name="options">How; null for colours, cut to the size, and the usual limits.</param>
    /// <returns>Float32 [channels, rows, columns] in [0, 1], in sRGB.</returns>
    /// <remarks>Each pixel is the mean of those that it covers, with weights that fall off linearly to neighbours (a triangle filter, as the bilinear
    /// one of Pillow); pixels of an image that has the size already stay as they are.</remarks>
    /// <exception cref="InvalidDataException">The file is no such image, damaged, or larger than the limits.</exception>
    public static Tensor Read(string path, int rows, int columns, ImageOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ImageOptions how = (options ?? new ImageOptions()).Check();
        float[] pixels = new float[how.Channels * rows * columns];
        ImageScaling.Fit(ImageDecoder.Decode(path, how), rows, columns, how, pixels);
        return Tensor.From<float>(pixels, [how.Channels, rows, columns]);
    }
}
