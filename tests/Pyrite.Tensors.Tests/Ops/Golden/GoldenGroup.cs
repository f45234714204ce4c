using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests;

/// <summary>One group of tests/golden/ops: its cases, by name, and their tensors.</summary>
internal sealed class GoldenGroup
{
    private readonly NamedTensors tensors;

    public GoldenGroup(string name)
    {
        JsonElement manifest = GoldenFolder.Json("ops", name + ".json");
        tensors = SafeTensors.Load(GoldenFolder.Path("ops", name + ".safetensors"));
        Rtol = manifest.GetProperty("rtol").Number();
        Atol = manifest.GetProperty("atol").Number();
        Cases = manifest.GetProperty("cases").EnumerateArray().ToDictionary(entry => entry.GetProperty("name").GetString()!);
    }

    public double Rtol { get; }

    public double Atol { get; }

    public Dictionary<string, JsonElement> Cases { get; }

    public TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>The tensors that a key lists (null where the file has null), or none if the key is missing.</summary>
    public Tensor?[] Tensors(JsonElement entry, string key) =>
        entry.Optional(key) is { } list ? [.. list.EnumerateArray().Select(name => name.GetString() is { } found ? tensors[found] : null)] : [];

    /// <summary>The tensor that a key names, or null.</summary>
    public Tensor? TensorOf(JsonElement entry, string key) => entry.Optional(key) is { } name ? tensors[name.GetString()!] : null;
}
