using System.Buffers.Binary;

namespace Pyrite.Hdf5;

/// <summary>A file of HDF5: groups, arrays and attributes, written once from beginning to end.</summary>
/// <remarks>The HDF Group, "HDF5 File Format Specification Version 3.0". Superblock 2, headers 2, links in headers, arrays in one piece: what every
/// reader since version 1.8 of the library knows. PureHDF reads these files; it cannot write them, because all texts of a file that it writes have
/// one length, or none has, and a dimension scale needs one of 16 bytes beside labels of any length.</remarks>
internal static class Hdf5File
{
    private const int SuperblockBytes = 48;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">An empty stream.</param>
    /// <param name="root">The outermost group.</param>
    /// <param name="heap">What its texts and lists were put in.</param>
    public static void Write(Stream stream, Hdf5Group root, GlobalHeap heap)
    {
        Hdf5Object[] objects = [.. root.All()];
        // Headers have the same length whatever stands in them, so that places can be given before anything is written; a place of 0 is none yet.
        heap.Place(0);
        long at = SuperblockBytes;
        foreach (Hdf5Object one in objects)
        {
            one.Address = at;
            at = Aligned(at + one.Header().Length);
        }
        long heapStart = at;
        at = Aligned(heap.Place(at));
        foreach (Hdf5Array array in objects.OfType<Hdf5Array>())
        {
            array.DataAddress = at;
            at = Aligned(at + array.Bytes);
        }
        stream.Write(Superblock(root.Address, at));
        long position = SuperblockBytes;
        foreach (Hdf5Object one in objects)
        {
            Pad(stream, one.Address - position);
            byte[] header = one.Header();
            stream.Write(header);
            position = one.Address + header.Length;
        }
        Pad(stream, heapStart - position);
        heap.Write(stream);
        foreach (Hdf5Array array in objects.OfType<Hdf5Array>())
        {
            array.Write(stream);
            Pad(stream, Aligned(array.Bytes) - array.Bytes);
        }
    }

    private static byte[] Superblock(long root, long end)
    {
        byte[] block = new byte[SuperblockBytes];
        ReadOnlySpan<byte> signature = [0x89, .. "HDF\r\n"u8, 0x1a, (byte)'\n', 2, 8, 8, 0];
        signature.CopyTo(block);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(20), -1);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(28), end);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(36), root);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(44), Lookup3.Of(block.AsSpan(0, 44)));
        return block;
    }

    private static void Pad(Stream stream, long bytes) => stream.Write(new byte[checked((int)bytes)]);

    private static long Aligned(long at) => (at + 7) & ~7L;
}
