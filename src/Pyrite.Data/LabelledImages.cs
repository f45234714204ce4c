using System.Runtime.InteropServices;

namespace Pyrite;

/// <summary>Images of one size with a label each, kept as bytes in memory.</summary>
/// <remarks>MNIST's training set takes 47 MB so; a <see cref="DataLoader"/> turns a batch at a time into Float32 images [N, channels, rows, columns]
/// in [0, 1] (byte / 255) and Int64 labels [N].</remarks>
public sealed class LabelledImages : Dataset
{
    private const int ImagesField = 0;

    /// <summary>Wraps pixels and labels of your own; nothing is copied.</summary>
    /// <param name="pixels">Count x channels x rows x columns bytes: image after image, channel after channel, row after row.</param>
    /// <param name="labels">One byte per image.</param>
    /// <param name="rows">The height of an image, in pixels.</param>
    /// <param name="columns">The width of an image, in pixels.</param>
    /// <param name="channels">One for grayscale images, three for red, green and blue.</param>
    /// <exception cref="ArgumentException">The pixels do not make one image of that size per label.</exception>
    public LabelledImages(ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, int rows, int columns, int channels = 1)
        : base(labels.Length, new BatchField("images", ImageShape(channels, rows, columns), DType.Float32),
            new BatchField("labels", Shape.Scalar, DType.Int64))
    {
        long expected = (long)labels.Length * channels * rows * columns;
        if (pixels.Length != expected)
        {
            string size = channels == 1 ? $"{rows} x {columns}" : $"{channels} x {rows} x {columns}";
            throw new ArgumentException(
                $"Cannot pair {labels.Length:N0} labels with images of {size}: expected {expected:N0} pixels, found {pixels.Length:N0}. "
                    + "Pass one label per image.", nameof(pixels));
        }
        Pixels = pixels;
        Labels = labels;
        Rows = rows;
        Columns = columns;
        Channels = channels;
    }

    /// <summary>One for grayscale images, three for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>The height of an image, in pixels.</summary>
    public int Rows { get; }

    /// <summary>The width of an image, in pixels.</summary>
    public int Columns { get; }

    /// <summary>All pixels: image after image, channel after channel, row after row; 0 is background and 255 full ink in MNIST.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>All labels, one byte per image.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>Reads a pair of IDX files, raw or gzip.</summary>
    /// <param name="imagesPath">A file of shape [N, rows, columns].</param>
    /// <param name="labelsPath">A file of shape [N].</param>
    /// <param name="maxBytes">The most bytes of pixels to accept.</param>
    /// <returns>The images with their labels.</returns>
    /// <exception cref="InvalidDataException">A file is broken, or the two do not belong together; counts are compared before either is
    /// read.</exception>
    public static LabelledImages Load(string imagesPath, string labelsPath, int maxBytes = IdxReader.DefaultMaxBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        using FileStream imagesFile = Named(imagesPath, () => File.OpenRead(imagesPath));
        using FileStream labelsFile = Named(labelsPath, () => File.OpenRead(labelsPath));
        using IdxSource images = Named(imagesPath, () => new IdxSource(imagesFile, imagesPath, maxBytes));
        using IdxSource labels = Named(labelsPath, () => new IdxSource(labelsFile, labelsPath, maxBytes));
        if (images.Dimensions is not [int count, int rows, int columns])
        {
            throw images.Problem("images, which have 3 axes: [N, rows, columns]", $"{images.Dimensions.Length} axes");
        }
        if (labels.Dimensions is not [int labelCount])
        {
            throw labels.Problem("labels, which have 1 axis: [N]", $"{labels.Dimensions.Length} axes");
        }
        if (labelCount != count)
        {
            throw labels.Problem($"{count:N0} labels, one for each image in \"{imagesPath}\"", $"{labelCount:N0}");
        }
        return new LabelledImages(images.ReadBytes(), labels.ReadBytes(), rows, columns);
    }

    /// <summary>Reads of a file what the function reads; the error of another kind of file names its reader.</summary>
    private static T Named<T>(string path, Func<T> read) => FileContent.Read(path, FileContent.Idx, read);

    /// <summary>The pixels of one image, channel after channel, row after row.</summary>
    /// <param name="index">From 0 to <see cref="Dataset.Count"/> - 1.</param>
    /// <returns>Channels x rows x columns bytes, a view.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        CheckRange(index, 1);
        return Pixels.Span.Slice(index * PixelsPerImage, PixelsPerImage);
    }

    /// <summary>A run of images, such as the first thousand for a quick look; nothing is copied.</summary>
    /// <param name="start">The first image to take.</param>
    /// <param name="count">How many to take.</param>
    /// <returns>A view of the same bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the set.</exception>
    public override LabelledImages Slice(int start, int count)
    {
        CheckRange(start, count);
        return new LabelledImages(
            Pixels.Slice(start * PixelsPerImage, count * PixelsPerImage), Labels.Slice(start, count), Rows, Columns, Channels);
    }

    /// <inheritdoc/>
    public override void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination)
    {
        if (field == ImagesField)
        {
            int size = PixelsPerImage;
            Span<float> images = MemoryMarshal.Cast<byte, float>(destination);
            for (int i = 0; i < rows.Length; i++)
            {
                PixelScale.Apply(Image(rows[i]), images.Slice(i * size, size));
            }
            return;
        }
        Span<long> labels = MemoryMarshal.Cast<byte, long>(destination);
        for (int i = 0; i < rows.Length; i++)
        {
            labels[i] = Labels.Span[rows[i]];
        }
    }

    private int PixelsPerImage => Channels * Rows * Columns;

    private static Shape ImageShape(int channels, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        return [channels, rows, columns];
    }

    private void CheckRange(int start, int count)
    {
        if (start < 0 || count < 0 || start > Count - count)
        {
            throw new ArgumentOutOfRangeException(nameof(start),
                $"Cannot take {count} images from image {start} on: expected a range within 0 to {Count}. Use a smaller range.");
        }
    }
}
