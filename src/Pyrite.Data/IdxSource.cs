using System.Buffers.Binary;
using System.IO.Compression;
using Pyrite.Text;

namespace Pyrite;

/// <summary>An opened IDX file whose header has been read and checked, and whose payload has not been read yet.</summary>
/// <remarks>Two files can so be compared by their headers before memory is taken for either payload.</remarks>
internal sealed class IdxSource : IDisposable
{
    /// <summary>How much larger than its gzip file data may be to be read into one block.</summary>
    private const long UsualRatio = 16;

    private const int MaxAxes = 8;
    private const int FirstBlock = 1 << 20;
    private const int GzipTrailerBytes = 8;

    private readonly Stream file;
    private readonly Stream unpacked;
    private readonly string name;
    private readonly bool isGzip;
    private readonly int payloadBytes;

    /// <summary>Reads the header; the file stays the caller's.</summary>
    public IdxSource(Stream file, string name, int maxBytes)
    {
        this.file = file;
        this.name = name;
        isGzip = StartsWithGzipMagic(file);
        unpacked = isGzip ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
        Dimensions = ReadDimensions();
        payloadBytes = CheckedSize(Dimensions, maxBytes);
    }

    /// <summary>The size of every axis.</summary>
    public int[] Dimensions { get; }

    /// <summary>Unpacks the payload and checks that the file ends with it.</summary>
    public byte[] ReadBytes()
    {
        if (!isGzip)
        {
            CheckRawLength();
        }
        byte[] bytes = ReadGrowing();
        Span<byte> beyond = stackalloc byte[1];
        if (Fill(beyond) != 0)
        {
            throw Problem($"the file to end after {payloadBytes:N0} bytes of values, as its dimensions {Describe(Dimensions)} say",
                "bytes left over");
        }
        if (isGzip)
        {
            CheckGzipTrailer();
        }
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isGzip)
        {
            unpacked.Dispose();
        }
    }

    /// <summary>An error that names the file, what was expected and what was found.</summary>
    public InvalidDataException Problem(string expected, string found, Exception? cause = null) =>
        new($"Cannot read \"{name}\" as IDX: expected {expected}; found {found}. Get the file again or repair it.", cause);

    private static bool StartsWithGzipMagic(Stream file)
    {
        Span<byte> start = stackalloc byte[2];
        file.Position = 0;
        int count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return count == 2 && start[0] == 0x1f && start[1] == 0x8b;
    }

    private static string Describe(int[] dimensions) => $"[{NumberList.Text(dimensions)}]";

    private int[] ReadDimensions()
    {
        Span<byte> magic = stackalloc byte[4];
        int found = Fill(magic);
        if (found < magic.Length)
        {
            throw Problem("a header of at least 8 bytes", $"{found} bytes: the file is cut short");
        }
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != 0x08 || magic[3] is 0 or > MaxAxes)
        {
            throw Problem($"the magic number 00 00 08 0n (unsigned bytes, 1 <= n <= {MaxAxes} axes)",
                $"{magic[0]:x2} {magic[1]:x2} {magic[2]:x2} {magic[3]:x2}");
        }
        var dimensions = new int[magic[3]];
        Span<byte> field = stackalloc byte[4];
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            if (Fill(field) < field.Length)
            {
                throw Problem($"the sizes of {dimensions.Length} axes", $"only {axis} of them: the file is cut short");
            }
            uint size = BinaryPrimitives.ReadUInt32BigEndian(field);
            if (size is 0 or > int.MaxValue)
            {
                throw Problem($"a size between 1 and {int.MaxValue} for axis {axis}", $"{size}");
            }
            dimensions[axis] = (int)size;
        }
        return dimensions;
    }

    private int CheckedSize(int[] dimensions, int maxBytes)
    {
        long product = 1;
        foreach (int size in dimensions)
        {
            product *= size;
            if (product > maxBytes)
            {
                throw Problem($"at most {maxBytes:N0} bytes of values", $"dimensions {Describe(dimensions)}");
            }
        }
        return (int)product;
    }

    private void CheckRawLength()
    {
        long there = file.Length - file.Position;
        if (there != payloadBytes)
        {
            string verdict = there < payloadBytes ? "the file is cut short" : "bytes left over";
            throw Problem($"{payloadBytes:N0} bytes of values, as its dimensions {Describe(Dimensions)} say", $"{there:N0}: {verdict}");
        }
    }

    /// <summary>Takes memory for sixteen times the file at first, then as the bytes arrive, at most four times what has arrived: the header alone
    /// buys nothing.</summary>
    private byte[] ReadGrowing()
    {
        long first = isGzip ? Math.Max(FirstBlock, UsualRatio * file.Length) : payloadBytes;
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(payloadBytes, first));
        int filled = 0;
        while (true)
        {
            filled += Fill(bytes.AsSpan(filled));
            if (filled < bytes.Length)
            {
                throw Problem($"{payloadBytes:N0} bytes of values, as its dimensions {Describe(Dimensions)} say",
                    $"{filled:N0}: the file is cut short");
            }
            if (filled == payloadBytes)
            {
                return bytes;
            }
            byte[] larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(payloadBytes, 4L * bytes.Length));
            bytes.CopyTo(larger, 0);
            bytes = larger;
        }
    }

    /// <summary>Compares the length at the end of the gzip data (RFC 1952, ISIZE), because GZipStream takes a missing end and trailing bytes in
    /// silence.</summary>
    private void CheckGzipTrailer()
    {
        int headerBytes = 4 + (4 * Dimensions.Length);
        Span<byte> length = stackalloc byte[4];
        if (file.Length < GzipTrailerBytes)
        {
            throw Problem("whole gzip data", "broken gzip: its end is missing");
        }
        file.Position = file.Length - length.Length;
        file.ReadExactly(length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(length) != (uint)headerBytes + (uint)payloadBytes)
        {
            throw Problem($"gzip data that ends with the length {headerBytes + (long)payloadBytes:N0}",
                "broken gzip: its end is missing, or other bytes follow it");
        }
    }

    private int Fill(Span<byte> buffer)
    {
        try
        {
            return unpacked.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException cause)
        {
            throw Problem("whole gzip data", "broken gzip: it does not unpack", cause);
        }
    }
}
