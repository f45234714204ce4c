using Pyrite.Plotting.Png;
using Pyrite.Serialization;

namespace Pyrite.Plotting;

/// <summary>A picture of 8-bit samples in memory, read from or written to PNG.</summary>
public sealed class PngImage
{
    /// <summary>Wraps pixels as a picture; the bytes are not copied.</summary>
    /// <param name="width">Pixels to a row, 1 to 32,768.</param>
    /// <param name="height">Rows, 1 to 32,768.</param>
    /// <param name="channels">1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</param>
    /// <param name="pixels">Rows from the top, pixels from the left, channels together: width x height x channels bytes.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the number of bytes does not fit the sizes.</exception>
    public PngImage(int width, int height, int channels, ReadOnlyMemory<byte> pixels)
    {
        RequireBetween(width, 1, PngFormat.LargestSide, nameof(width));
        RequireBetween(height, 1, PngFormat.LargestSide, nameof(height));
        RequireBetween(channels, 1, 4, nameof(channels));
        long expected = (long)width * height * channels;
        if (expected > PngFormat.LargestImage || pixels.Length != expected)
        {
            throw new ArgumentException(
                $"A {width}x{height} picture of {channels} channels needs {expected} bytes (at most {PngFormat.LargestImage}), "
                    + $"found {pixels.Length}.",
                nameof(pixels));
        }

        Width = width;
        Height = height;
        Channels = channels;
        Pixels = pixels;
    }

    /// <summary>Pixels to a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</summary>
    public int Channels { get; }

    /// <summary>Rows from the top, pixels from the left, channels together.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>One sample of one pixel.</summary>
    /// <param name="x">Column, from the left.</param>
    /// <param name="y">Row, from the top.</param>
    /// <param name="channel">Which of the pixel's samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public byte this[int x, int y, int channel = 0]
    {
        get
        {
            RequireBetween(x, 0, Width - 1, nameof(x));
            RequireBetween(y, 0, Height - 1, nameof(y));
            RequireBetween(channel, 0, Channels - 1, nameof(channel));
            return Pixels.Span[(((y * Width) + x) * Channels) + channel];
        }
    }

    /// <summary>Reads a PNG file from memory.</summary>
    /// <remarks>8-bit gray, gray with alpha, RGB, RGBA and palette (expanded to RGB, or RGBA where it has alpha), without interlacing,
    /// at most 32,768 pixels to a side and 256 MiB. A single transparent colour (tRNS) of gray and RGB files is not applied.</remarks>
    /// <param name="file">The whole file.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="InvalidDataException">The bytes are not such a file, or are damaged; the message names what was found.</exception>
    public static PngImage Decode(ReadOnlySpan<byte> file) => new PngReader(file).Read();

    /// <summary>Reads a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="InvalidDataException">As for <see cref="Decode"/>.</exception>
    public static PngImage Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"Reading {path}: it is a folder. Give the name of a picture in it.");
        }
        try
        {
            return Decode(File.ReadAllBytes(path));
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"Reading {path}: {fault.Message}", fault);
        }
    }

    /// <summary>The picture as a PNG file of 8 bits per sample.</summary>
    /// <returns>The bytes of the file.</returns>
    public byte[] Encode() => PngWriter.Encode(this);

    /// <summary>Writes the picture to a PNG file, all of it or nothing.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public void Save(string path) => AtomicFile.Write(path, Encode());

    private static void RequireBetween(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Expected {least} to {most}.");
        }
    }
}
