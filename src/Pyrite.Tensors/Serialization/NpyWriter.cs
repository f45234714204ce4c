using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Pyrite.Text;

namespace Pyrite.Serialization;

/// <summary>Writes the header and the elements of an NPY file, version 1.0, byte for byte as NumPy does for a C-ordered array.</summary>
internal static class NpyWriter
{
    private const int Alignment = 64;
    private const int LengthBytes = sizeof(ushort);
    private const int GrowthDigits = 21;

    public static void Write(Stream stream, Tensor tensor)
    {
        stream.Write(Header(tensor.Shape, tensor.DType));
        ElementConversion.Write(stream, tensor);
    }

    /// <summary>Magic, version, length and the dictionary, with blanks up to a multiple of 64 bytes.</summary>
    /// <remarks>Like NumPy it leaves room for the first size to grow to 21 digits, and pads by 64 bytes where none would be needed.</remarks>
    private static byte[] Header(Shape shape, DType type)
    {
        string sizes = NumberList.Text(shape.Sizes.ToArray());
        string text = $"{{'descr': '{NpyType.Describe(type)}', 'fortran_order': False, 'shape': ({sizes}{(shape.Rank == 1 ? "," : "")}), }}";
        text += shape.Rank == 0 ? "" : new string(' ', GrowthDigits - shape[0].ToString(CultureInfo.InvariantCulture).Length);
        const int prefix = NpyHeader.PrefixBytes + LengthBytes;
        int padding = Alignment - ((prefix + text.Length + 1) % Alignment);
        text += new string(' ', padding) + '\n';
        byte[] header = new byte[prefix + text.Length];
        NpyHeader.Magic.CopyTo(header);
        header[NpyHeader.VersionOffset] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(NpyHeader.PrefixBytes), checked((ushort)text.Length));
        Encoding.ASCII.GetBytes(text, header.AsSpan(prefix));
        return header;
    }
}
