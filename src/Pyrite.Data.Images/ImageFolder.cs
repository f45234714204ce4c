using System.Buffers;
using System.Runtime.InteropServices;
using Pyrite.Decoding;

namespace Pyrite;

/// <summary>Image files in a folder with a subfolder for each label, decoded when a batch is made.</summary>
/// <remarks><c>pets/cat/1.jpg</c> has the label 0, <c>pets/dog/a/7.png</c> the label 1: labels are the numbers of the subfolders in the order of
/// their names (ordinal), files lie anywhere below them. A <see cref="DataLoader"/> gives Float32 images [N, channels, rows, columns] in [0, 1] and
/// Int64 labels [N]; it decodes ahead of the training thread, and on all threads of the engine. Sets that fit into memory are faster after
/// <see cref="Load"/>.</remarks>
public sealed class ImageFolder : Dataset
{
    private const int ImagesField = 0;
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp"];

    private readonly string[] files;
    private readonly int[] labels;
    private readonly ImageOptions options;

    private ImageFolder(string[] files, int[] labels, IReadOnlyList<string> classes, int rows, int columns, ImageOptions options)
        : base(files.Length, new BatchField("images", [options.Channels, rows, columns], DType.Float32),
            new BatchField("labels", Shape.Scalar, DType.Int64))
    {
        this.files = files;
        this.labels = labels;
        this.options = options;
        Classes = classes;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>The names of the subfolders, by label.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The paths of the files, by row.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>The label of each row.</summary>
    public IReadOnlyList<int> Labels => labels;

    /// <summary>The height of an image in a batch, in pixels.</summary>
    public int Rows { get; }

    /// <summary>The width of an image in a batch, in pixels.</summary>
    public int Columns { get; }

    /// <summary>Finds the files of a folder; none is opened yet.</summary>
    /// <param name="path">The folder of the subfolders.</param>
    /// <param name="rows">The height that all images are brought to, in pixels.</param>
    /// <param name="columns">The width that all images are brought to, in pixels.</param>
    /// <param name="options">How files are read; null for colours, cut to the size, and the usual limits.</param>
    /// <param name="classes">What the labels are, such as those of the training set for a test set that lacks some; null for the subfolders that are
    /// there.</param>
    /// <remarks>Links and hidden files are passed over, and files with other endings than png, jpg, jpeg and webp.</remarks>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There is no subfolder, or one without images, or one that is no class.</exception>
    public static ImageFolder Open(string path, int rows, int columns, ImageOptions? options = null, IReadOnlyList<string>? classes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        EnumerationOptions flat = new(), deep = new() { RecurseSubdirectories = true };
        flat.AttributesToSkip = deep.AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System;
        string[] found = [.. new DirectoryInfo(path).EnumerateDirectories("*", flat).Select(folder => folder.Name).Order(StringComparer.Ordinal)];
        if (found.Length == 0)
        {
            throw Problem(path, "expected a subfolder for each label, such as cat and dog; found none.");
        }
        string[] names = [.. classes ?? found];
        List<string> files = [];
        List<int> labels = [];
        foreach (string name in found)
        {
            int label = Array.IndexOf(names, name), before = files.Count;
            if (label < 0)
            {
                throw Problem(path, $"expected subfolders of the classes {string.Join(", ", names)}; found \"{name}\".");
            }
            files.AddRange(Directory.EnumerateFiles(Path.Combine(path, name), "*", deep)
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal));
            if (files.Count == before)
            {
                throw Problem(Path.Combine(path, name), $"expected images ({string.Join(", ", Extensions)}); found none.");
            }
            labels.AddRange(Enumerable.Repeat(label, files.Count - before));
        }
        return new ImageFolder([.. files], [.. labels], names, rows, columns, (options ?? new ImageOptions()).Check());
    }

    /// <summary>Decodes all images into memory, as bytes.</summary>
    /// <returns>The same rows in the same order; numbers of images that were scaled are rounded to whole bytes.</returns>
    /// <exception cref="InvalidDataException">A file is no image, damaged, or larger than the limits; or all images together take more than 2
    /// GiB.</exception>
    /// <exception cref="InvalidOperationException">There are more than 256 classes.</exception>
    public LabelledImages Load()
    {
        int size = checked((int)Fields[ImagesField].RowShape.Count);
        if (Classes.Count > 256)
        {
            throw new InvalidOperationException($"Images in memory have at most 256 labels; there are {Classes.Count}. Use the folder as it is.");
        }
        if ((long)Count * size > Array.MaxLength)
        {
            throw new InvalidDataException($"{Count:N0} images of {size:N0} bytes take more than 2 GiB. Use the folder as it is, or smaller images.");
        }
        byte[] pixels = new byte[Count * size];
        Workers.For(Count, row =>
        {
            float[] image = ArrayPool<float>.Shared.Rent(size);
            Decode(row, image.AsSpan(0, size));
            for (int i = 0; i < size; i++)
            {
                pixels[(row * size) + i] = (byte)MathF.Round(255 * image[i]);
            }
            ArrayPool<float>.Shared.Return(image);
        });
        return new LabelledImages(pixels, Array.ConvertAll(labels, label => (byte)label), Rows, Columns, options.Channels);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A file is no image, damaged, or larger than the limits; the message names it.</exception>
    public override void Fill(int field, ReadOnlySpan<int> rows, Span<byte> destination)
    {
        if (field != ImagesField)
        {
            Span<long> numbers = MemoryMarshal.Cast<byte, long>(destination);
            for (int i = 0; i < rows.Length; i++)
            {
                numbers[i] = labels[rows[i]];
            }
            return;
        }
        int size = checked((int)Fields[ImagesField].RowShape.Count), count = rows.Length;
        int[] chosen = rows.ToArray();
        float[] images = ArrayPool<float>.Shared.Rent(checked(size * count));
        Workers.For(count, i => Decode(chosen[i], images.AsSpan(i * size, size)));
        images.AsSpan(0, size * count).CopyTo(MemoryMarshal.Cast<byte, float>(destination));
        ArrayPool<float>.Shared.Return(images);
    }

    private void Decode(int row, Span<float> image) => ImageScaling.Fit(ImageDecoder.Decode(files[row], options), Rows, Columns, options, image);

    private static InvalidDataException Problem(string path, string what) => new($"Opening \"{path}\" as a folder of images: {what}");
}
