using System.Buffers.Binary;
using System.Text;

namespace Pyrite.Hdf5;

/// <summary>Something that is said of a group or an array.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of an element.</param>
/// <param name="Count">How many there are; null for a single one.</param>
/// <param name="Content">The elements, known when all objects have their places.</param>
internal sealed record Hdf5Attribute(string Name, Hdf5Type Type, int? Count, Func<byte[]> Content)
{
    /// <summary>A message can have as many bytes; names and descriptions take some.</summary>
    public const int MostBytes = 60_000;

    /// <summary>A whole number.</summary>
    public static Hdf5Attribute Of(string name, int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return new Hdf5Attribute(name, Hdf5Type.Int32, null, () => bytes);
    }

    /// <summary>A text, cut where it is longer than an attribute can be.</summary>
    public static Hdf5Attribute Of(string name, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.Length == 0 ? " " : text);
        bytes = bytes.Length <= MostBytes ? bytes : bytes[..MostBytes];
        return new Hdf5Attribute(name, Hdf5Type.Utf8(bytes.Length), null, () => bytes);
    }

    /// <summary>A text in ASCII with a zero at its end.</summary>
    public static Hdf5Attribute Ascii(string name, string text)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(text), 0];
        return new Hdf5Attribute(name, Hdf5Type.Ascii(bytes.Length), null, () => bytes);
    }

    /// <summary>The message (section IV.A.2.m).</summary>
    public byte[] Message()
    {
        byte[] name = [.. Encoding.UTF8.GetBytes(Name), 0];
        byte[] space = Hdf5Object.Dataspace(Count is { } count ? [count] : null);
        byte[] head = [3, 0, 0, 0, 0, 0, 0, 0, 1];
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), checked((ushort)name.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), checked((ushort)Type.Message.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), checked((ushort)space.Length));
        return [.. head, .. name, .. Type.Message, .. space, .. Content()];
    }
}
