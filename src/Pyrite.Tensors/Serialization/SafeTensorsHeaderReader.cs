using System.Text.Json;
using Pyrite.Text;

namespace Pyrite.Serialization;

/// <summary>Reads the JSON of a safetensors header token by token and refuses whatever the format does not know.</summary>
internal ref struct SafeTensorsHeaderReader(string file, ReadOnlySpan<byte> json, long dataStart)
{
    private const int DeepestNesting = 3;
    private const int HighestRank = 64;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = DeepestNesting });

    public List<SafeTensorsEntry> Entries { get; } = [];

    public readonly IReadOnlyDictionary<string, string> Metadata => metadata;

    public void Read()
    {
        Expect(JsonTokenType.StartObject, "the header");
        while (NextName("the header") is { } name)
        {
            if (!names.Add(name))
            {
                throw Fault($"\"{name}\" appears twice");
            }
            if (name == SafeTensorsHeader.MetadataKey)
            {
                ReadMetadata();
            }
            else
            {
                ReadEntry(name);
            }
        }
        if (reader.Read())
        {
            throw Fault("something follows the closing brace of the header");
        }
    }

    private void ReadMetadata()
    {
        Expect(JsonTokenType.StartObject, SafeTensorsHeader.MetadataKey);
        while (NextName(SafeTensorsHeader.MetadataKey) is { } key)
        {
            Expect(JsonTokenType.String, $"{SafeTensorsHeader.MetadataKey}: \"{key}\"");
            if (!metadata.TryAdd(key, ReadString()))
            {
                throw Fault($"{SafeTensorsHeader.MetadataKey}: \"{key}\" appears twice");
            }
        }
    }

    private void ReadEntry(string name)
    {
        string where = $"tensor \"{name}\"";
        string? code = null;
        long[]? shape = null, offsets = null;
        Expect(JsonTokenType.StartObject, where);
        while (NextName(where) is { } key)
        {
            bool isRepeated =
                (key == "dtype" && code is not null) || (key == "shape" && shape is not null) || (key == "data_offsets" && offsets is not null);
            if (isRepeated)
            {
                throw Fault($"{where}: \"{key}\" appears twice");
            }
            switch (key)
            {
                case "dtype":
                    Expect(JsonTokenType.String, $"{where}: dtype");
                    code = ReadString();
                    break;
                case "shape":
                    shape = ReadIntegers($"{where}: shape", int.MaxValue, HighestRank);
                    break;
                case "data_offsets":
                    offsets = ReadIntegers($"{where}: data_offsets", long.MaxValue - dataStart, 2);
                    break;
                default:
                    throw Fault($"{where}: unknown key \"{key}\"; expected dtype, shape and data_offsets");
            }
        }
        Entries.Add(MakeEntry(name, where, code, shape, offsets));
    }

    private readonly SafeTensorsEntry MakeEntry(string name, string where, string? code, long[]? shape, long[]? offsets)
    {
        if (code is null || shape is null || offsets is null)
        {
            throw Fault($"{where}: {(code is null ? "dtype" : shape is null ? "shape" : "data_offsets")} is missing");
        }
        StoredType type =
            StoredType.Find(code) ?? throw Fault($"{where}: element type \"{code}\" cannot be loaded; supported are {StoredType.Codes}");
        if (offsets.Length != 2 || offsets[0] > offsets[1])
        {
            throw Fault($"{where}: data_offsets must be [begin, end] with begin ≤ end; found [{NumberList.Text(offsets)}]");
        }
        UInt128 bytes = (UInt128)type.ByteSize;
        foreach (long size in shape)
        {
            bytes *= (UInt128)size;
            if (bytes > long.MaxValue)
            {
                throw Fault($"{where}: shape [{NumberList.Text(shape)}] has more bytes than 64 bits can count");
            }
        }
        long length = offsets[1] - offsets[0];
        if (bytes != (UInt128)length)
        {
            throw Fault(
                $"{where}: dtype {code} and shape [{NumberList.Text(shape)}] need {bytes} bytes; data_offsets [{offsets[0]}, {offsets[1]}] "
                    + $"hold {length}");
        }
        return new SafeTensorsEntry(name, code, type.DType, Shape.Create(Array.ConvertAll(shape, size => (int)size)), dataStart + offsets[0], length);
    }

    private long[] ReadIntegers(string where, long largest, int mostEntries)
    {
        Expect(JsonTokenType.StartArray, where);
        var values = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value) || value < 0 || value > largest)
            {
                bool number = reader.TokenType == JsonTokenType.Number;
                string found = number ? System.Text.Encoding.UTF8.GetString(reader.ValueSpan) : reader.TokenType.ToString();
                throw Fault($"{where}: entry {values.Count} must be an integer from 0 to {largest}; found {Shorten(found)}");
            }
            if (values.Count == mostEntries)
            {
                throw Fault($"{where}: more than {mostEntries} entries");
            }
            values.Add(value);
        }
        return [.. values];
    }

    private string? NextName(string where)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.EndObject => null,
            JsonTokenType.PropertyName => ReadString(),
            _ => throw Fault($"{where}: expected a name, found {reader.TokenType}"),
        };
    }

    /// <summary>The text of the present token; escapes may still spell half a surrogate pair.</summary>
    private readonly string ReadString()
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException($"Reading {file}: a string of the header is not valid Unicode: {error.Message}", error);
        }
    }

    private void Expect(JsonTokenType type, string where)
    {
        reader.Read();
        if (reader.TokenType != type)
        {
            throw Fault(
                $"{where} must be {type switch { JsonTokenType.String => "a string", JsonTokenType.StartArray => "an array", _ => "an object" }}; "
                    + $"found {reader.TokenType}");
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private readonly InvalidDataException Fault(string finding) => new($"Reading {file}: {finding}.");
}
