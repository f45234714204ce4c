using System.Globalization;
using System.Text.Json;

namespace Pyrite.Testing;

/// <summary>A case of the golden files of models: inputs, exact answers, and how close to them one must come.</summary>
/// <remarks>max |got - want| ≤ atol + rtol max |want| over a whole array; null is a missing value.</remarks>
public sealed class GoldenCase
{
    private GoldenCase(JsonElement json) => Json = json;

    /// <summary>The case as it stands in the file.</summary>
    public JsonElement Json { get; }

    /// <summary>Its name.</summary>
    public string Name => Json.GetProperty("name").GetString()!;

    /// <summary>What it is a case of.</summary>
    public string Kind => Json.GetProperty("kind").GetString()!;

    /// <summary>The answers.</summary>
    public JsonElement Expected => Json.GetProperty("expected");

    /// <summary>The parameters, of cases that have them apart.</summary>
    public JsonElement Parameters => Json.GetProperty("parameters");

    /// <summary>The relative tolerance.</summary>
    public double Rtol => Json.GetProperty("rtol").GetDouble();

    /// <summary>The absolute tolerance.</summary>
    public double Atol => Json.GetProperty("atol").GetDouble();

    /// <summary>The cases of a file.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="kinds">The kinds that are wanted; all if none is given.</param>
    public static IReadOnlyList<GoldenCase> Of(string file, params string[] kinds) =>
        [.. GoldenFolder.Json("models", file).GetProperty("cases").EnumerateArray().Select(entry => new GoldenCase(entry))
            .Where(c => kinds.Length == 0 || kinds.Contains(c.Kind))];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names(string file, params string[] kinds) => Of(file, kinds).Select(c => c.Name);

    /// <summary>The case of a name.</summary>
    public static GoldenCase Find(string file, string name) => Of(file).Single(c => c.Name == name);

    /// <summary>Numbers as the files write them: an array with a shape, a plain list, or a number.</summary>
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

    /// <summary>Fails unless numbers are close to others; a single one is a scalar as well as a list.</summary>
    public static void Check(Tensor got, JsonElement want, double rtol, double atol, string name)
    {
        Tensor wanted = Tensor(want);
        if (got.Count != wanted.Count || (got.Count > 1 && got.Shape != wanted.Shape))
        {
            throw new CheckFailedException($"{name}: got shape {got.Shape}, want {wanted.Shape}.");
        }
        double[] found = got.ToArray<double>(), numbers = wanted.ToArray<double>();
        double allowed = atol + (rtol * numbers.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < numbers.Length; i++)
        {
            bool isClose = double.IsNaN(numbers[i]) ? double.IsNaN(found[i]) : Math.Abs(found[i] - numbers[i]) <= allowed;
            if (!isClose)
            {
                throw new CheckFailedException(string.Create(CultureInfo.InvariantCulture,
                    $"{name}[{i}]: got {found[i]:R}, want {numbers[i]:R}, allowed {allowed:G3}"));
            }
        }
    }

    /// <summary>Whether the case has a field.</summary>
    public bool Has(string name) => Json.Optional(name) is not null;

    /// <summary>An input.</summary>
    public Tensor Input(string name) => Tensor(Json.GetProperty(name));

    /// <summary>An input that is a whole number.</summary>
    public int Integer(string name) => Json.GetProperty(name).GetInt32();

    /// <summary>A parameter.</summary>
    public Tensor Parameter(string name) => Tensor(Parameters.GetProperty(name));

    /// <summary>Fails unless numbers are close to an expected entry; nothing where there is no such entry.</summary>
    public void Check(string name, Tensor got) => Check(Expected, name, got);

    /// <summary>The same for numbers that are computed where there is such an entry.</summary>
    public void Check(string name, Func<Tensor> got)
    {
        if (Expected.Optional(name) is not null)
        {
            Check(name, got());
        }
    }

    /// <summary>The same for an entry of a group, such as gradients.</summary>
    public void Check(JsonElement group, string name, Tensor got)
    {
        if (group.Optional(name) is { } want)
        {
            Check(got, want, Rtol, Atol, $"{Name}, {name}");
        }
    }

    /// <summary>Fails if an expected entry is none of those a test looks at.</summary>
    public void RequireOnly(params string[] known)
    {
        if (Expected.EnumerateObject().FirstOrDefault(entry => !known.Contains(entry.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } other)
        {
            throw new CheckFailedException($"{Name} expects {other.Name}, which nobody looks at.");
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
