using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Pyrite.Text;

namespace Pyrite.Serialization;

/// <summary>Writes the header and the data of a safetensors file byte for byte as the reference implementation does.</summary>
internal static class SafeTensorsWriter
{
    private const int Alignment = 8;

    /// <summary>The length and the JSON, padded with spaces so that the data starts at a multiple of eight.</summary>
    public static byte[] Header(ReadOnlySpan<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        StringBuilder json = new("{");
        AppendMetadata(json, metadata);
        HashSet<string> names = new(StringComparer.Ordinal);
        long offset = 0;
        foreach ((string name, Tensor tensor) in tensors)
        {
            if (name == SafeTensorsHeader.MetadataKey || !names.Add(name))
            {
                throw new ArgumentException(
                    $"Saving tensors: the name \"{name}\" {(name == SafeTensorsHeader.MetadataKey ? "is reserved" : "is used twice")}; every tensor "
                        + "needs a name of its own.", nameof(tensors));
            }
            long end = checked(offset + tensor.Shape.Count * tensor.DType.ByteSize);
            AppendSeparator(json);
            AppendString(json, name);
            json.Append(CultureInfo.InvariantCulture,
                $":{{\"dtype\":\"{StoredType.Of(tensor.DType).Code}\",\"shape\":[{NumberList.Text(tensor.Shape.Sizes.ToArray(),
                    ",")}],\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }
        json.Append('}');
        return Frame(Encoding.UTF8.GetBytes(json.ToString()));
    }

    public static void Write(Stream stream, byte[] header, ReadOnlySpan<KeyValuePair<string, Tensor>> tensors)
    {
        stream.Write(header);
        foreach ((_, Tensor tensor) in tensors)
        {
            ElementConversion.Write(stream, tensor);
        }
    }

    private static byte[] Frame(byte[] json)
    {
        int padded = checked((json.Length + Alignment - 1) / Alignment * Alignment);
        if (padded > SafeTensorsHeader.LongestHeader)
        {
            throw new ArgumentException(
                $"Saving tensors: the header would have {padded} bytes, {SafeTensorsHeader.LongestHeader} are allowed. Save fewer tensors or "
                    + "metadata in one file.");
        }
        byte[] header = new byte[SafeTensorsHeader.LengthBytes + padded];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)padded);
        json.CopyTo(header, SafeTensorsHeader.LengthBytes);
        header.AsSpan(SafeTensorsHeader.LengthBytes + json.Length).Fill((byte)' ');
        return header;
    }

    private static void AppendMetadata(StringBuilder json, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach ((string key, string text) in metadata)
        {
            if (!keys.Add(key))
            {
                throw new ArgumentException($"Saving tensors: the metadata key \"{key}\" is used twice.", nameof(metadata));
            }
            json.Append(keys.Count == 1 ? $"\"{SafeTensorsHeader.MetadataKey}\":{{" : ",");
            AppendString(json, key);
            json.Append(':');
            AppendString(json, text);
        }
        json.Append(keys.Count > 0 ? "}" : "");
    }

    private static void AppendSeparator(StringBuilder json)
    {
        if (json.Length > 1)
        {
            json.Append(',');
        }
    }

    /// <summary>A JSON string with only the escapes that JSON demands.</summary>
    private static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0)
        {
            if (Rune.DecodeFromUtf16(rest, out Rune rune, out int used) != OperationStatus.Done)
            {
                throw new ArgumentException($"Saving tensors: the text \"{text}\" holds half of a surrogate pair and is not valid Unicode.");
            }
            json.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{rune.Value:x4}",
                _ => rest[..used],
            });
            rest = rest[used..];
        }
        json.Append('"');
    }
}
