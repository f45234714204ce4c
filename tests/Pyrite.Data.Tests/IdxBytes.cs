using System.Buffers.Binary;
using System.IO.Compression;

namespace Pyrite;

/// <summary>Builds IDX files in memory, whole or broken.</summary>
internal static class IdxBytes
{
    /// <summary>A header of the given dimensions, then the payload as it is.</summary>
    public static byte[] Build(uint[] dimensions, byte[] payload)
    {
        byte[] bytes = new byte[4 + (4 * dimensions.Length) + payload.Length];
        bytes[2] = 0x08;
        bytes[3] = (byte)dimensions.Length;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + (4 * axis)), dimensions[axis]);
        }
        payload.CopyTo(bytes, 4 + (4 * dimensions.Length));
        return bytes;
    }

    /// <summary>The same bytes packed with gzip.</summary>
    public static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }
        return packed.ToArray();
    }

    /// <summary>Bytes that do not repeat soon.</summary>
    public static byte[] Pattern(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)(((i * 2654435761L) >> 13) ^ i);
        }
        return bytes;
    }
}
