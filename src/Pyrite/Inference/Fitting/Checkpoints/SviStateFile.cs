using System.Text.Json;

namespace Pyrite.Inference.Fitting.Checkpoints;

/// <summary>The file format of <see cref="SviState"/>: tensors as safetensors, everything else as JSON in its metadata, so that both change
/// together.</summary>
internal static class SviStateFile
{
    public const string MetadataKey = "pyrite.svi";

    private const string ParameterPrefix = "parameters/";
    private const string BufferPrefix = "buffers/";

    /// <summary>Writes a state; the file is replaced as a whole.</summary>
    public static void Save(string path, SviState state)
    {
        List<KeyValuePair<string, Tensor>> tensors = [];
        Append(tensors, ParameterPrefix, state.Parameters);
        Append(tensors, BufferPrefix, state.Buffers);
        for (int i = 0; i < state.Optimizers.Count; i++)
        {
            Append(tensors, OptimizerPrefix(i), state.Optimizers[i]?.Tensors ?? new Dictionary<string, Tensor>());
        }
        SafeTensors.Save(path, tensors, [KeyValuePair.Create(MetadataKey, SviStateJson.Write(state))]);
    }

    /// <summary>Reads a state and refuses what is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else.</exception>
    public static SviState Load(string path)
    {
        NamedTensors tensors = FileContent.Read(path, FileContent.Checkpoint, () => SafeTensors.Load(path));
        if (!tensors.Metadata.TryGetValue(MetadataKey, out string? json))
        {
            throw new InvalidDataException(
                $"Reading {path}: it holds tensors but no state of an inference (metadata \"{MetadataKey}\" is missing). Write it with "
                    + $"Svi.Save. {FileContent.Reader(path)}");
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = SviStateJson.MaxDepth });
            return SviStateJson.Read(document.RootElement, Under(tensors, ParameterPrefix), Under(tensors, BufferPrefix),
                i => Under(tensors, OptimizerPrefix(i)));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"Reading {path}: its metadata \"{MetadataKey}\" is not the state of an inference: {fault.Message}",
                fault);
        }
    }

    private static string OptimizerPrefix(int index) => $"optimizers/{index}/";

    private static void Append(List<KeyValuePair<string, Tensor>> target, string prefix, IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach ((string name, Tensor tensor) in tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            target.Add(KeyValuePair.Create(prefix + name, tensor));
        }
    }

    private static Dictionary<string, Tensor> Under(NamedTensors tensors, string prefix) =>
        tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);
}
