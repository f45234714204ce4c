using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Pyrite.Plotting.Tests.Png;

/// <summary>Builds PNG files byte by byte, wrong ones included; shares no code with the library.</summary>
internal sealed class HandmadePng
{
    private readonly MemoryStream file = new();

    public HandmadePng() => file.Write([137, 80, 78, 71, 13, 10, 26, 10]);

    public HandmadePng Header(uint width, uint height, byte bits = 8, byte colorType = 0, byte compression = 0, byte filter = 0, byte interlace = 0)
    {
        byte[] data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[10], data[11], data[12]) = (bits, colorType, compression, filter, interlace);
        return Chunk("IHDR", data);
    }

    /// <summary>Rows with their filter bytes, compressed.</summary>
    public HandmadePng Rows(params byte[] rows) => Chunk("IDAT", Compress(rows));

    public HandmadePng Chunk(string type, params byte[] data)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] checkedPart = [.. Encoding.Latin1.GetBytes(type), .. data];
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, BitwiseCrc(checkedPart));
        file.Write(number);
        return this;
    }

    public byte[] End() => Chunk("IEND").file.ToArray();

    public byte[] Unfinished() => file.ToArray();

    public static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return packed.ToArray();
    }

    public static uint BitwiseCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return ~crc;
    }
}
