using System.Buffers.Binary;
using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests;

/// <summary>The tensors of a golden safetensors file, read by a plain reader of the tests' own.</summary>
public sealed class GoldenTensors
{
    private readonly byte[] bytes;
    private readonly JsonElement header;
    private readonly int start;

    public GoldenTensors(params ReadOnlySpan<string> parts)
    {
        bytes = File.ReadAllBytes(GoldenFolder.Path(parts));
        int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        start = 8 + length;
        header = JsonDocument.Parse(bytes.AsMemory(8, length)).RootElement;
    }

    public Tensor this[string name]
    {
        get
        {
            JsonElement entry = header.GetProperty(name);
            int[] range = entry.GetProperty("data_offsets").Integers();
            Shape shape = Shape.Create(entry.GetProperty("shape").Integers());
            ReadOnlySpan<byte> data = bytes.AsSpan(start + range[0], range[1] - range[0]);
            return entry.GetProperty("dtype").GetString() switch
            {
                "F64" => Tensor.From(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(data), shape),
                "F32" => Tensor.From(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(data), shape),
                "I64" => Tensor.From(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(data), shape),
                string other => throw new InvalidDataException($"Golden tensor {name} has type {other}."),
                null => throw new InvalidDataException($"Golden tensor {name} has no type."),
            };
        }
    }
}
