using System.Buffers.Binary;

namespace Pyrite.Serialization;

/// <summary>The parsed and checked header of an NPY file.</summary>
/// <remarks>
/// Format (numpy.lib.format): "\x93NUMPY", two bytes of version, the header's length in 2 (version 1) or 4 bytes (versions 2 and 3), little-endian,
/// the header, which is a Python dictionary literal with the keys 'descr', 'fortran_order' and 'shape' and blanks up to a multiple of 64 bytes, then
/// the elements.
/// </remarks>
/// <param name="Type">The type of the elements and of the tensor they become.</param>
/// <param name="IsFortranOrder">Whether the first axis, not the last, is the one whose neighbours lie side by side.</param>
/// <param name="Shape">The sizes of the axes.</param>
internal sealed record NpyHeader(NpyType Type, bool IsFortranOrder, Shape Shape)
{
    public const int VersionOffset = 6;
    public const int PrefixBytes = 8;
    public const int LongestHeader = 65_535;

    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header from a stream of a known length and checks that the elements fill the rest of it exactly.</summary>
    public static NpyHeader Read(string what, Stream stream, long length)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        if (length < PrefixBytes)
        {
            throw new InvalidDataException(
                $"Reading {what}: an NPY file starts with {PrefixBytes} bytes of magic and version; this has {length} bytes in all.");
        }
        ReadExactly(what, stream, prefix, "the magic");
        if (!prefix.StartsWith(Magic))
        {
            throw new InvalidDataException(
                $"Reading {what}: an NPY file starts with {Convert.ToHexString(Magic)} (\\x93NUMPY); "
                    + $"found {Convert.ToHexString(prefix[..Magic.Length])}.");
        }
        int lengthBytes = (prefix[VersionOffset], prefix[VersionOffset + 1]) switch
        {
            (1, 0) => sizeof(ushort),
            (2, 0) or (3, 0) => sizeof(uint),
            (byte major, byte minor) =>
                throw new InvalidDataException($"Reading {what}: NPY version {major}.{minor} is not known; 1.0, 2.0 and 3.0 are."),
        };
        byte[] text = new byte[HeaderLength(what, stream, length, lengthBytes)];
        ReadExactly(what, stream, text, "the header");
        return new NpyHeaderReader(what, text).Read(length - PrefixBytes - lengthBytes - text.Length);
    }

    /// <summary>Fills a span or says where the file ended.</summary>
    public static void ReadExactly(string what, Stream stream, Span<byte> destination, string part)
    {
        int found = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (found < destination.Length)
        {
            throw new InvalidDataException(
                $"Reading {what}: {part} should have {destination.Length} bytes; only {found} are there. It was cut short, or its stated length is "
                    + "wrong.");
        }
    }

    private static int HeaderLength(string what, Stream stream, long length, int lengthBytes)
    {
        long rest = length - PrefixBytes - lengthBytes;
        if (rest < 0)
        {
            throw new InvalidDataException(
                $"Reading {what}: the header's length takes {lengthBytes} bytes; the file has {length - PrefixBytes} left. It was cut short.");
        }
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        bytes.Clear();
        ReadExactly(what, stream, bytes[..lengthBytes], "the header's length");
        uint headerLength = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return headerLength <= LongestHeader && headerLength <= rest
            ? (int)headerLength
            : throw new InvalidDataException(
                $"Reading {what}: the header is said to have {headerLength} bytes; the file has {rest} after the length, and {LongestHeader} are "
                    + "allowed.");
    }
}
