using System.Text;
using System.Text.Json;
using Pyrite.Inference.Fitting.Checkpoints;
using Pyrite.Inference.Runs;
using Pyrite.Inference.Saving;

namespace Pyrite.Inference.Parameters;

/// <summary>The file format of parameters alone: their values inside their constraints as safetensors, buffers of networks beside them, constraints
/// as JSON in the metadata.</summary>
/// <param name="Path">Where it stands, for messages.</param>
/// <param name="Values">Values by name.</param>
/// <param name="Buffers">What networks remember beside parameters, by name; null in files of the first version, which do not have them.</param>
/// <param name="Looks">The constraints; null in files of the first version and of other programs, which do not say.</param>
internal sealed record ParamStoreFile(string Path, IReadOnlyDictionary<string, Tensor> Values, IReadOnlyDictionary<string, Tensor>? Buffers,
    IReadOnlyDictionary<string, ConstraintDescription>? Looks)
{
    public const string MetadataKey = "pyrite.parameters";

    private const string BufferPrefix = "buffers/";
    private const int Format = 1;
    private const int MaxDepth = 4;

    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> values, IReadOnlyDictionary<string, ModuleBuffer> buffers,
        IReadOnlyDictionary<string, ConstraintDescription> looks)
    {
        string json = Description(looks);
        SafeTensors.Save(path, [.. values, .. buffers.Select(buffer => KeyValuePair.Create(BufferPrefix + buffer.Key, buffer.Value.Value))],
            [KeyValuePair.Create(MetadataKey, json)]);
    }

    private static string Description(IReadOnlyDictionary<string, ConstraintDescription> looks)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("version", FileVersion.Own);
            json.WriteStartObject("constraints");
            foreach ((string name, ConstraintDescription look) in looks.OrderBy(look => look.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, look.ToText());
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <exception cref="InvalidDataException">The file is damaged, or holds something else.</exception>
    public static ParamStoreFile Load(string path)
    {
        NamedTensors tensors = FileContent.Read(path, FileContent.Parameters, () => SafeTensors.Load(path));
        if (tensors.Metadata.Keys.Any(key => key is SviStateFile.MetadataKey or McmcStateFile.MetadataKey))
        {
            throw new InvalidDataException($"Loading {path}: it does not hold parameters alone. {FileContent.Reader(path)}");
        }
        if (!tensors.Metadata.TryGetValue(MetadataKey, out string? json))
        {
            return new ParamStoreFile(path, tensors, null, null);
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            FileVersion.Require(document.RootElement, Format);
            Dictionary<string, ConstraintDescription> looks = document.RootElement.GetProperty("constraints").EnumerateObject()
                .ToDictionary(look => look.Name, look => ConstraintDescription.Parse(look.Value.GetString() ?? ""));
            return new ParamStoreFile(
                path,
                tensors.Where(tensor => !tensor.Key.StartsWith(BufferPrefix, StringComparison.Ordinal)).ToDictionary(),
                tensors.Where(tensor => tensor.Key.StartsWith(BufferPrefix, StringComparison.Ordinal))
                    .ToDictionary(tensor => tensor.Key[BufferPrefix.Length..], tensor => tensor.Value),
                looks);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or ArgumentException)
        {
            throw new InvalidDataException($"Reading {path}: its metadata \"{MetadataKey}\" does not describe parameters: {fault.Message}", fault);
        }
    }

    /// <summary>An error about this file.</summary>
    public InvalidDataException Refuse(string why) => new($"Loading {Path}: {why}");
}
