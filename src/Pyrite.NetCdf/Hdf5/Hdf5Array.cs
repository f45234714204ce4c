using System.Buffers.Binary;

namespace Pyrite.Hdf5;

/// <summary>An array in one piece.</summary>
/// <param name="type">The type of an element.</param>
/// <param name="sizes">Its shape; null for a single element.</param>
/// <param name="write">Writes its elements, row-major.</param>
internal sealed class Hdf5Array(Hdf5Type type, int[] sizes, Action<Stream> write) : Hdf5Object
{
    /// <summary>How many bytes its elements take.</summary>
    public long Bytes { get; } = sizes.Aggregate((long)type.Size, (bytes, size) => bytes * size);

    /// <summary>Where they stand.</summary>
    public long DataAddress { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<(byte Kind, byte[] Message)> Messages =>
        [(0x01, Dataspace(sizes.Length == 0 ? null : sizes)), (0x03, type.Message), (0x05, [3, 0x0A]), (0x08, Layout())];

    /// <summary>Writes the elements.</summary>
    public void Write(Stream stream) => write(stream);

    private byte[] Layout()
    {
        byte[] layout = new byte[18];
        (layout[0], layout[1]) = (3, 1);
        BinaryPrimitives.WriteInt64LittleEndian(layout.AsSpan(2), Bytes == 0 ? Nowhere : DataAddress);
        BinaryPrimitives.WriteInt64LittleEndian(layout.AsSpan(10), Bytes);
        return layout;
    }
}
