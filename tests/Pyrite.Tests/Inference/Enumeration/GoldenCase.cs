using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Tests.Enumeration;

/// <summary>One case of the golden files of discrete models: parameters, data and exact answers.</summary>
internal sealed class GoldenCase
{
    private readonly JsonElement json;
    private readonly Dictionary<string, Tensor> starts;

    private GoldenCase(JsonElement json)
    {
        this.json = json;
        starts = json.GetProperty("params").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.Values().ToTensor());
    }

    public string Name => json.GetProperty("name").GetString()!;

    public string Kind => json.GetProperty("kind").GetString()!;

    public JsonElement Expected => json.GetProperty("expected");

    public JsonElement Json => json;

    public IReadOnlyDictionary<string, Tensor> Starts => starts;

    /// <summary>What stands for a parameter in the model; parameters of the inference if nothing else is set.</summary>
    public Func<string, Tensor>? Lookup { get; set; }

    /// <summary>All cases of all files.</summary>
    public static IReadOnlyList<GoldenCase> All { get; } = [.. Directory.GetFiles(Path.Combine(GoldenFolder.Root, "enumeration"), "*.json").Order()
        .SelectMany(file => GoldenFolder.Json("enumeration", Path.GetFileName(file)).GetProperty("cases").EnumerateArray())
        .Select(entry => new GoldenCase(entry))];

    public static GoldenCase Of(string name) => All.Single(entry => entry.Name == name);

    /// <summary>A parameter.</summary>
    public Tensor P(string name) => Lookup is { } lookup ? lookup(name) : Primitives.Param(name, starts[name]);

    public bool HasParameter(string name) => starts.ContainsKey(name);

    /// <summary>Data as real numbers.</summary>
    public Tensor D(string name) => json.GetProperty("data").GetProperty(name).Values().ToTensor();

    /// <summary>Data as whole numbers.</summary>
    public Tensor N(string name) => D(name).To(DType.Int64);

    public int Integer(string name) => (int)D(name).Item();

    public bool HasData(string name) => json.GetProperty("data").TryGetProperty(name, out _);

    /// <summary>The series of the big cases.</summary>
    public static Tensor Wave(int count) =>
        Tensor.From<double>([.. Enumerable.Range(0, count).Select(t => (1.5 * Math.Sin(0.7 * t)) + (0.8 * Math.Cos((1.9 * t) + 0.3)))]);

    /// <summary>The values of a named entry of the expected numbers.</summary>
    public double Number(string name) => Expected.GetProperty(name).Number();

    public IEnumerable<(string Name, GoldenTensor Values)> Tensors(string name) =>
        Expected.GetProperty(name).EnumerateObject().Select(entry => (entry.Name, entry.Value.Values()));
}
