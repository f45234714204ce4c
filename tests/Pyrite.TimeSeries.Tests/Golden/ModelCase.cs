using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>A case of the golden files of time series: inputs, exact answers, and how close to them one must come.</summary>
/// <remarks>max |got - want| ≤ atol + rtol max |want| over a whole array; null is a missing value.</remarks>
internal sealed class ModelCase
{
    private readonly JsonElement json;

    private ModelCase(JsonElement json) => this.json = json;

    public string Name => json.GetProperty("name").GetString()!;

    public string Kind => json.GetProperty("kind").GetString()!;

    public JsonElement Json => json;

    public JsonElement Expected => json.GetProperty("expected");

    public JsonElement Parameters => json.GetProperty("parameters");

    /// <summary>The cases of a file, or none where an acceptance folder lacks it.</summary>
    public static IReadOnlyList<ModelCase> Of(string file) => [.. GoldenFolder.Json("models", file).GetProperty("cases").EnumerateArray()
        .Select(entry => new ModelCase(entry))];

    public bool Has(string name) => json.Optional(name) is not null;

    public Tensor Input(string name) => Tensor(json.GetProperty(name));

    public int Integer(string name) => json.GetProperty(name).GetInt32();

    public Tensor Parameter(string name) => Tensor(Parameters.GetProperty(name));

    public Tensor? OptionalParameter(string name) => Parameters.Optional(name) is { } found ? Tensor(found) : null;

    /// <summary>Fails unless numbers are close to an expected entry; nothing where there is no such entry.</summary>
    public void Check(string name, Tensor got) => Check(Expected, name, got);

    public void Check(JsonElement group, string name, Tensor got)
    {
        if (group.Optional(name) is not { } entry)
        {
            return;
        }
        Tensor want = Tensor(entry);
        Assert.True(got.Shape == want.Shape, $"{Name}, {name}: got shape {got.Shape}, want {want.Shape}");
        double[] found = got.ToArray<double>(), wanted = want.ToArray<double>();
        double allowed = json.GetProperty("atol").GetDouble()
            + (json.GetProperty("rtol").GetDouble() * wanted.Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.True(Math.Abs(found[i] - wanted[i]) <= allowed,
                FormattableString.Invariant($"{Name}, {name}[{i}]: got {found[i]:R}, want {wanted[i]:R}, allowed {allowed:G3}"));
        }
    }

    /// <summary>Fails if an expected entry is none of those a test looks at.</summary>
    public void RequireOnly(params string[] known) =>
        Assert.All(Expected.EnumerateObject(), entry => Assert.Contains(entry.Name, known));

    public static Tensor Tensor(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
        {
            return Pyrite.Tensor.From([element.GetDouble()]).Reshape(Shape.Scalar);
        }
        bool isList = element.ValueKind == JsonValueKind.Array;
        JsonElement data = isList ? element : element.GetProperty("data");
        double[] numbers = [.. data.EnumerateArray().Select(entry => entry.ValueKind == JsonValueKind.Null ? double.NaN : entry.Number())];
        return Pyrite.Tensor.From<double>(numbers, isList ? [numbers.Length] : Shape.Create(element.GetProperty("shape").Integers()));
    }
}
