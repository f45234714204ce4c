using System.Buffers.Binary;
using System.Text;

namespace Pyrite.Hdf5;

/// <summary>A group: named objects, in order.</summary>
internal sealed class Hdf5Group : Hdf5Object
{
    /// <summary>The objects.</summary>
    public List<(string Name, Hdf5Object Object)> Members { get; } = [];

    /// <inheritdoc/>
    protected override IEnumerable<(byte Kind, byte[] Message)> Messages => [(0x02, LinkInfo()), (0x0A, [0, 0]), .. Members.Select(Link)];

    /// <summary>All objects beneath and this one.</summary>
    public IEnumerable<Hdf5Object> All() =>
        [this, .. Members.SelectMany(member => member.Object is Hdf5Group group ? group.All() : [member.Object])];

    /// <summary>Links stand in the header, numbered as they were made (section IV.A.2.c).</summary>
    private byte[] LinkInfo()
    {
        byte[] info = new byte[26];
        info[1] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(info.AsSpan(2), Members.Count);
        BinaryPrimitives.WriteInt64LittleEndian(info.AsSpan(10), Nowhere);
        BinaryPrimitives.WriteInt64LittleEndian(info.AsSpan(18), Nowhere);
        return info;
    }

    /// <summary>A link to an object, with its number and a name in UTF-8 (section IV.A.2.g).</summary>
    private static (byte Kind, byte[] Message) Link((string Name, Hdf5Object Object) member, int number)
    {
        byte[] name = Encoding.UTF8.GetBytes(member.Name), link = new byte[13 + name.Length + 8];
        (link[0], link[1], link[10]) = (1, 0x15, 1);
        BinaryPrimitives.WriteInt64LittleEndian(link.AsSpan(2), number);
        BinaryPrimitives.WriteUInt16LittleEndian(link.AsSpan(11), checked((ushort)name.Length));
        name.CopyTo(link, 13);
        BinaryPrimitives.WriteInt64LittleEndian(link.AsSpan(13 + name.Length), member.Object.Address);
        return (0x06, link);
    }
}
