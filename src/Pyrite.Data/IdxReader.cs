namespace Pyrite;

/// <summary>Reads IDX files of unsigned bytes, the format MNIST comes in, raw or packed with gzip.</summary>
/// <remarks>
/// Gzip is recognized by its first two bytes, 1f 8b, whatever the file's name. The format is the one on the MNIST page of LeCun, Cortes and Burges:
/// 00 00, a type (08: unsigned byte), the number of axes, then the size of every axis and the values, big-endian.
/// A file is not trusted: memory grows with the bytes that are really there, never with what a header promises.
/// </remarks>
public static class IdxReader
{
    /// <summary>The most payload bytes a file may hold unless told otherwise: 1 GiB.</summary>
    public const int DefaultMaxBytes = 1 << 30;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file, raw or gzip.</param>
    /// <param name="maxBytes">The most bytes of values to accept; a file that promises more is refused before any memory is taken.</param>
    /// <returns>The dimensions and the bytes.</returns>
    /// <exception cref="InvalidDataException">The file is not IDX, holds another type than unsigned bytes, is cut short, goes on after its end, has
    /// absurd dimensions, or its gzip is broken.</exception>
    public static IdxContent Read(string path, int maxBytes = DefaultMaxBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FileContent.Read(path, FileContent.Idx, () =>
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream, path, maxBytes);
        });
    }

    /// <summary>Reads a whole stream, from its first byte to its last.</summary>
    /// <param name="stream">A stream that can seek; it is left open.</param>
    /// <param name="name">What errors call the stream, such as the file's path.</param>
    /// <param name="maxBytes">The most bytes of values to accept.</param>
    /// <returns>The dimensions and the bytes.</returns>
    /// <exception cref="ArgumentException">The stream cannot read and seek, or <paramref name="maxBytes"/> is not positive.</exception>
    /// <exception cref="InvalidDataException">The stream is not a whole IDX file of unsigned bytes.</exception>
    public static IdxContent Read(Stream stream, string name, int maxBytes = DefaultMaxBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        if (!stream.CanRead || !stream.CanSeek)
        {
            throw new ArgumentException(
                $"Cannot read \"{name}\" as IDX: expected a stream that can read and seek, found {stream.GetType().Name}. Copy it into a "
                    + "MemoryStream first.", nameof(stream));
        }
        using IdxSource source = new(stream, name, maxBytes);
        return new IdxContent(source.Dimensions, source.ReadBytes());
    }
}
