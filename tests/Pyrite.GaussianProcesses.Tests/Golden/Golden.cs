using System.Globalization;
using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Golden;

/// <summary>Cases of the golden files of models, and their rule of comparison.</summary>
internal static class Golden
{
    /// <summary>The names of the cases of some kinds.</summary>
    public static IEnumerable<string> Names(string file, params string[] kinds) =>
        Cases(file).Where(c => kinds.Contains(c.GetProperty("kind").GetString())).Select(c => c.GetProperty("name").GetString()!);

    /// <summary>A case by its name.</summary>
    public static JsonElement Case(string file, string name) => Cases(file).First(c => c.GetProperty("name").GetString() == name);

    /// <summary>Numbers of a case: an array, a plain list, or a number.</summary>
    public static Tensor Tensor(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? Pyrite.Tensor.From(value.Numbers())
        : value.Values().ToTensor();

    /// <summary>Compares a whole array: max|got - want| ≤ atol + rtol max|want|.</summary>
    public static void Check(Tensor got, JsonElement want, double rtol, double atol, string name)
    {
        double[] found = got.ToArray<double>(), wanted = Tensor(want).ToArray<double>();
        if (found.Length != wanted.Length)
        {
            throw new CheckFailedException($"{name}: got shape {got.Shape}, want {wanted.Length} numbers.");
        }
        double allowed = atol + (rtol * wanted.Max(Math.Abs)), off = found.Zip(wanted, (a, b) => Math.Abs(a - b)).Max();
        if (!(off <= allowed))
        {
            throw new CheckFailedException(string.Create(CultureInfo.InvariantCulture,
                $"{name}: off by {off:G3}, allowed {allowed:G3}; got {string.Join(", ", found.Take(8))}, want {string.Join(", ", wanted.Take(8))}"));
        }
    }

    /// <summary>Compares what a case expects under a name, where it does.</summary>
    public static void Check(JsonElement c, string field, Func<Tensor> got)
    {
        if (c.GetProperty("expected").Optional(field) is { } want)
        {
            Check(got(), want, c.Rtol(), c.Atol(), $"{c.GetProperty("name").GetString()}: {field}");
        }
    }

    extension(JsonElement c)
    {
        /// <summary>The relative tolerance of a case.</summary>
        public double Rtol() => c.GetProperty("rtol").GetDouble();

        /// <summary>The absolute tolerance of a case.</summary>
        public double Atol() => c.GetProperty("atol").GetDouble();

        /// <summary>An input of a case.</summary>
        public Tensor Input(string name) => Tensor(c.GetProperty(name));
    }

    private static IEnumerable<JsonElement> Cases(string file) => GoldenFolder.Json("models", file).GetProperty("cases").EnumerateArray();
}
