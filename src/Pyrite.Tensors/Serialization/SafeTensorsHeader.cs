using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace Pyrite.Serialization;

/// <summary>The parsed and checked header of a safetensors file.</summary>
/// <remarks>
/// Format: an unsigned 64-bit little-endian length, that many bytes of JSON ({"name": {"dtype", "shape", "data_offsets": [begin, end]}, …} and
/// optionally "__metadata__" with strings, padded with spaces), then the data; the offsets count from its start and cover it without gaps.
/// </remarks>
internal sealed class SafeTensorsHeader
{
    public const string MetadataKey = "__metadata__";
    public const int LengthBytes = 8;
    public const long LongestHeader = 100_000_000;

    private SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<SafeTensorsEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The length of the JSON from the first eight bytes, checked against the file before anything is allocated.</summary>
    public static int JsonLength(string file, ReadOnlySpan<byte> start, long fileLength)
    {
        if (start.Length < LengthBytes)
        {
            throw new InvalidDataException(
                $"Reading {file}: a safetensors file starts with {LengthBytes} bytes of header length; the file has {fileLength} bytes in all.");
        }
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > LongestHeader || (long)length > fileLength - LengthBytes)
        {
            throw new InvalidDataException(
                $"Reading {file}: the header is said to have {length} bytes; the file has {fileLength - LengthBytes} after the length, "
                    + $"and {LongestHeader} are allowed. It is no safetensors file, or was cut short.");
        }
        return (int)length;
    }

    /// <summary>Parses the JSON and checks that the tensors cover the data exactly.</summary>
    public static SafeTensorsHeader Parse(string file, ReadOnlySpan<byte> json, long fileLength)
    {
        if (!Utf8.IsValid(json))
        {
            throw new InvalidDataException($"Reading {file}: the header is not valid UTF-8.");
        }
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new InvalidDataException($"Reading {file}: the header must start with '{{'; it does not.");
        }
        SafeTensorsHeaderReader reader = new(file, json, LengthBytes + json.Length);
        try
        {
            reader.Read();
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Reading {file}: the header is not the JSON of a safetensors file: {error.Message}", error);
        }
        CheckCoverage(file, reader.Entries, LengthBytes + json.Length, fileLength);
        return new SafeTensorsHeader(reader.Entries, reader.Metadata);
    }

    private static void CheckCoverage(string file, List<SafeTensorsEntry> entries, long dataStart, long fileLength)
    {
        SafeTensorsEntry[] byOffset = [.. entries];
        Array.Sort(byOffset, static (a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : a.Length.CompareTo(b.Length));
        long expected = dataStart;
        foreach (SafeTensorsEntry entry in byOffset)
        {
            if (entry.Offset != expected)
            {
                string fault = entry.Offset > expected ? "a gap" : "an overlap";
                throw new InvalidDataException(
                    $"Reading {file}: tensor \"{entry.Name}\" starts at byte {entry.Offset - dataStart} of the data, the tensors before it end "
                        + $"at {expected - dataStart}; {fault} is not allowed.");
            }
            if (entry.Length > fileLength - expected)
            {
                throw new InvalidDataException(
                    $"Reading {file}: tensor \"{entry.Name}\" ends at byte {entry.Offset - dataStart + entry.Length} of the data, the file "
                        + $"has {fileLength - dataStart}. It was cut short; fetch it again.");
            }
            expected += entry.Length;
        }
        if (expected != fileLength)
        {
            throw new InvalidDataException(
                $"Reading {file}: the tensors end at byte {expected - dataStart} of the data, the file "
                    + $"has {fileLength - dataStart}; {fileLength - expected} bytes belong to no tensor.");
        }
    }
}
