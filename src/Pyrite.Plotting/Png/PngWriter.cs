using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Pyrite.Plotting.Png;

/// <summary>Writes 8-bit PNG files without interlacing.</summary>
internal static class PngWriter
{
    private const double PixelsPerMetre = 96 / 0.0254;

    // Up first: in charts many rows equal the one above, and nothing can beat differences of zero.
    private static ReadOnlySpan<byte> FilterOrder => [2, 0, 1, 3, 4];

    /// <summary>The file; <paramref name="density"/> above 1 is noted in it, so that viewers can show it at its intended size.</summary>
    public static byte[] Encode(PngImage image, int density = 1)
    {
        using var file = new MemoryStream();
        file.Write(PngFormat.Signature);
        WriteChunk(file, "IHDR", Header(image));
        if (density > 1)
        {
            WriteChunk(file, "pHYs", PhysicalSize(density));
        }

        WriteChunk(file, "IDAT", Compress(image));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Header(PngImage image)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;
        header[9] = image.Channels switch { 1 => PngFormat.Gray, 2 => PngFormat.GrayAlpha, 3 => PngFormat.Color, _ => PngFormat.ColorAlpha };
        return header;
    }

    private static byte[] PhysicalSize(int density)
    {
        byte[] chunk = new byte[9];
        int pixels = (int)Math.Round(PixelsPerMetre * density);
        BinaryPrimitives.WriteInt32BigEndian(chunk, pixels);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(4), pixels);
        chunk[8] = 1;
        return chunk;
    }

    private static ReadOnlySpan<byte> Compress(PngImage image)
    {
        int stride = image.Width * image.Channels;
        byte[] best = new byte[stride + 1], candidate = new byte[stride + 1], firstAbove = new byte[stride];
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> row = image.Pixels.Span.Slice(y * stride, stride);
                ReadOnlySpan<byte> above = y == 0 ? firstAbove : image.Pixels.Span.Slice((y - 1) * stride, stride);
                long lowest = long.MaxValue;
                for (byte filter = 0; filter < RowFilter.Count && lowest > 0; filter++)
                {
                    byte tried = FilterOrder[filter];
                    candidate[0] = tried;
                    RowFilter.Apply(tried, row, above, image.Channels, candidate.AsSpan(1));
                    long sum = SumOfSizes(candidate.AsSpan(1));
                    if (sum < lowest)
                    {
                        lowest = sum;
                        (best, candidate) = (candidate, best);
                    }
                }

                deflate.Write(best);
            }
        }

        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    // The specification's own rule of thumb (section 12.7): small differences, read as signed bytes, compress best.
    private static long SumOfSizes(ReadOnlySpan<byte> differences)
    {
        long sum = 0;
        foreach (byte difference in differences)
        {
            sum += Math.Abs((int)(sbyte)difference);
        }

        return sum;
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        byte[] name = Encoding.ASCII.GetBytes(type);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(name);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Compute(name, data));
        file.Write(number);
    }
}
