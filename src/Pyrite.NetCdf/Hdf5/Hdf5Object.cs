using System.Buffers.Binary;

namespace Pyrite.Hdf5;

/// <summary>A group or an array, with what is said of it.</summary>
internal abstract class Hdf5Object
{
    /// <summary>No place.</summary>
    protected const long Nowhere = -1;

    private const int HeadBytes = 10;
    private const int SumBytes = 4;

    /// <summary>What is said of it, in order.</summary>
    public List<Hdf5Attribute> Attributes { get; } = [];

    /// <summary>Where its header stands.</summary>
    public long Address { get; set; }

    /// <summary>The messages of its header but the attributes: number of the kind, and bytes, as many whatever the addresses are.</summary>
    protected abstract IEnumerable<(byte Kind, byte[] Message)> Messages { get; }

    /// <summary>The header: version 2, in one piece (section IV.A.1.b).</summary>
    public byte[] Header()
    {
        const byte AttributeKind = 0x0C;
        (byte Kind, byte[] Message)[] all = [.. Messages, .. Attributes.Select(attribute => (AttributeKind, attribute.Message()))];
        byte[] header = new byte[HeadBytes + all.Sum(one => 4 + one.Message.Length) + SumBytes];
        "OHDR"u8.CopyTo(header);
        header[4] = 2;
        header[5] = 2;                                                              // the size of the messages has four bytes
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(6), header.Length - HeadBytes - SumBytes);
        int at = HeadBytes;
        foreach ((byte kind, byte[] message) in all)
        {
            header[at] = kind;
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + 1), checked((ushort)message.Length));
            message.CopyTo(header, at + 4);
            at += 4 + message.Length;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at), Lookup3.Of(header.AsSpan(0, at)));
        return header;
    }

    /// <summary>The description of a shape, or of a single element for null (section IV.A.2.b).</summary>
    internal static byte[] Dataspace(int[]? sizes)
    {
        byte[] space = new byte[4 + (8 * (sizes?.Length ?? 0))];
        (space[0], space[1], space[3]) = (2, (byte)(sizes?.Length ?? 0), (byte)(sizes is null ? 0 : 1));
        for (int axis = 0; axis < sizes?.Length; axis++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(space.AsSpan(4 + (8 * axis)), sizes[axis]);
        }
        return space;
    }
}
