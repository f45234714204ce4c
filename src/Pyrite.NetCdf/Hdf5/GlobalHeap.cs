using System.Buffers.Binary;

namespace Pyrite.Hdf5;

/// <summary>Where texts and lists of any length stand.</summary>
internal sealed class GlobalHeap
{
    private const int HeadBytes = 16;
    private const int LeastBytes = 4096;
    private const int MostItems = 60_000;

    private readonly List<List<(int Length, Func<byte[]> Content)>> collections = [];
    private readonly List<long> addresses = [];

    /// <summary>Makes room for something; its bytes are asked for when the file is written.</summary>
    /// <returns>What stands in its place: 16 bytes.</returns>
    public Func<byte[]> Add(int length, int elements, Func<byte[]> content)
    {
        if (collections.Count == 0 || collections[^1].Count == MostItems)
        {
            collections.Add([]);
        }
        collections[^1].Add((length, content));
        (int collection, int index) = (collections.Count - 1, collections[^1].Count);
        return () =>
        {
            byte[] place = new byte[16];
            BinaryPrimitives.WriteInt32LittleEndian(place, elements);
            BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(4), addresses[collection]);
            BinaryPrimitives.WriteInt32LittleEndian(place.AsSpan(12), index);
            return place;
        };
    }

    /// <summary>Gives all collections their places.</summary>
    /// <returns>Where the heap ends.</returns>
    public long Place(long address)
    {
        addresses.Clear();
        foreach (List<(int Length, Func<byte[]>)> items in collections)
        {
            addresses.Add(address);
            address += SizeOf(items);
        }
        return address;
    }

    /// <summary>Writes all collections one after the other.</summary>
    public void Write(Stream stream)
    {
        foreach (List<(int Length, Func<byte[]> Content)> items in collections)
        {
            byte[] bytes = new byte[SizeOf(items)];
            "GCOL"u8.CopyTo(bytes);
            bytes[4] = 1;
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), bytes.Length);
            int at = HeadBytes;
            for (int i = 0; i < items.Count; i++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)(i + 1));
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 2), 1);
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 8), items[i].Length);
                items[i].Content().CopyTo(bytes, at + HeadBytes);
                at += HeadBytes + Padded(items[i].Length);
            }
            // What is left is an object without a number.
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 8), bytes.Length - at);
            stream.Write(bytes);
        }
    }

    private static int SizeOf(List<(int Length, Func<byte[]>)> items) =>
        Math.Max(LeastBytes, checked(HeadBytes + items.Sum(item => HeadBytes + Padded(item.Length)) + HeadBytes));

    private static int Padded(int length) => (length + 7) & ~7;
}
