using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Pyrite.Plotting.Png;

/// <summary>Reads PNG files that may be broken or hostile: nothing is allocated before the file has shown that it can fill it.</summary>
internal ref struct PngReader(ReadOnlySpan<byte> file)
{
    // Deflate cannot shrink data more than this (RFC 1951: 258 bytes from two bits).
    private const long LargestShrinkage = 1032;

    private readonly ReadOnlySpan<byte> file = file;
    private int position;
    private PngHeader header;
    private ReadOnlySpan<byte> palette;
    private ReadOnlySpan<byte> transparency;
    private MemoryStream? compressed;

    public PngImage Read()
    {
        if (!file.StartsWith(PngFormat.Signature))
        {
            throw new InvalidDataException("PNG: the file does not start with the PNG signature.");
        }

        position = PngFormat.Signature.Length;
        header = PngHeader.Read(ReadChunk("IHDR", out _));
        ReadChunks();
        byte[] pixels = Unfilter(Inflate());
        return header.ColorType == PngFormat.Palette
            ? ApplyPalette(pixels)
            : new PngImage(header.Width, header.Height, header.PixelBytes, pixels);
    }

    private void ReadChunks()
    {
        bool lastWasData = false;
        while (true)
        {
            ReadOnlySpan<byte> data = ReadChunk(null, out string type);
            switch (type)
            {
                case "IDAT" when compressed is null || lastWasData:
                    compressed ??= new MemoryStream();
                    compressed.Write(data);
                    break;
                case "PLTE" when palette.IsEmpty && compressed is null && data.Length is > 0 and <= 768 && data.Length % 3 == 0:
                    palette = data;
                    break;
                case "tRNS":
                    transparency = data;
                    break;
                case "IEND":
                    return;
                default:
                    RequireAncillary(type, data.Length);
                    break;
            }

            lastWasData = type == "IDAT";
        }
    }

    // The fifth bit of a type's first letter (lower case) says that a reader may skip the chunk.
    private static void RequireAncillary(string type, int length)
    {
        if (!char.IsAsciiLetterLower(type[0]))
        {
            throw new InvalidDataException($"PNG: found a chunk \"{type}\" of {length} bytes that is unknown, repeated, malformed or out of place.");
        }
    }

    private ReadOnlySpan<byte> ReadChunk(string? expected, out string type)
    {
        if (file.Length - position < 12)
        {
            throw new InvalidDataException($"PNG: the file ends at byte {file.Length}, before its last chunk (IEND).");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
        ReadOnlySpan<byte> name = file.Slice(position + 4, 4);
        type = Encoding.Latin1.GetString(name);
        if (length > file.Length - position - 12)
        {
            throw new InvalidDataException($"PNG: chunk at byte {position} claims {length} bytes, the file has {file.Length - position - 12} left.");
        }

        ReadOnlySpan<byte> data = file.Slice(position + 8, (int)length);
        uint found = BinaryPrimitives.ReadUInt32BigEndian(file[(position + 8 + (int)length)..]), computed = Crc32.Compute(name, data);
        if (found != computed)
        {
            throw new InvalidDataException($"PNG: chunk at byte {position} has checksum {found:x8}, its data give {computed:x8}.");
        }

        if (expected is not null && type != expected)
        {
            throw new InvalidDataException($"PNG: the first chunk is \"{type}\", expected \"{expected}\".");
        }

        position += 12 + (int)length;
        return data;
    }

    private readonly byte[] Inflate()
    {
        long expected = (long)(header.Stride + 1) * header.Height;
        long available = compressed?.Length ?? 0;
        if (available * LargestShrinkage < expected)
        {
            throw new InvalidDataException(
                $"PNG: {available} compressed bytes cannot hold the {expected} bytes of {header.Width}x{header.Height} pixels.");
        }

        byte[] rows = new byte[expected];
        (int read, bool isMore) = Unpack(compressed!, rows);
        if (read < rows.Length || isMore)
        {
            throw new InvalidDataException($"PNG: the compressed data hold {(isMore ? "more than " : "")}{read} bytes, expected {expected}.");
        }

        return rows;
    }

    private static (int Read, bool IsMore) Unpack(MemoryStream compressed, byte[] rows)
    {
        compressed.Position = 0;
        try
        {
            using var inflate = new ZLibStream(compressed, CompressionMode.Decompress);
            int read = inflate.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false);
            return (read, inflate.ReadByte() >= 0);        // reading on also makes the stream compare its checksum
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new InvalidDataException("PNG: the compressed data cannot be unpacked.", exception);
        }
    }

    private readonly byte[] Unfilter(byte[] rows)
    {
        int stride = header.Stride;
        byte[] pixels = new byte[stride * header.Height];
        ReadOnlySpan<byte> above = new byte[stride];
        for (int y = 0; y < header.Height; y++)
        {
            int filter = rows[y * (stride + 1)];
            if (filter >= RowFilter.Count)
            {
                throw new InvalidDataException($"PNG: row {y} has filter {filter}, expected 0 to 4.");
            }

            Span<byte> row = pixels.AsSpan(y * stride, stride);
            rows.AsSpan((y * (stride + 1)) + 1, stride).CopyTo(row);
            RowFilter.Undo(filter, row, above, header.PixelBytes);
            above = row;
        }

        return pixels;
    }

    private readonly PngImage ApplyPalette(byte[] indices)
    {
        int channels = transparency.IsEmpty ? 3 : 4, colors = palette.Length / 3;
        byte[] pixels = new byte[indices.Length * channels];
        for (int i = 0; i < indices.Length; i++)
        {
            int index = indices[i];
            if (index >= colors)
            {
                throw new InvalidDataException($"PNG: pixel {i} has palette index {index}, the palette has {colors} colours.");
            }

            palette.Slice(3 * index, 3).CopyTo(pixels.AsSpan(i * channels));
            if (channels == 4)
            {
                pixels[(i * 4) + 3] = index < transparency.Length ? transparency[index] : (byte)255;
            }
        }

        return new PngImage(header.Width, header.Height, channels, pixels);
    }
}
