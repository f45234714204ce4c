using System.Text.Json;

namespace Pyrite.Testing;

/// <summary>Reads numbers and tensors as the golden JSON files write them.</summary>
/// <remarks>A tensor is {"shape": [...], "data": [...]}, row-major; the strings "inf", "-inf" and "nan" stand for those numbers.</remarks>
public static class GoldenJson
{
    extension(JsonElement element)
    {
        /// <summary>The number that the element holds.</summary>
        public double Number() => element.ValueKind == JsonValueKind.Number
            ? element.GetDouble()
            : element.GetString() switch
            {
                "inf" => double.PositiveInfinity,
                "-inf" => double.NegativeInfinity,
                "nan" => double.NaN,
                string other =>
                    throw new InvalidDataException($"Golden JSON: \"{other}\" is no number; expected a number, \"inf\", \"-inf\" or \"nan\"."),
                null => throw new InvalidDataException("Golden JSON: null is no number."),
            };

        /// <summary>The numbers of a flat array.</summary>
        public double[] Numbers() => [.. element.EnumerateArray().Select(entry => entry.Number())];

        /// <summary>The integers of a flat array.</summary>
        public int[] Integers() => [.. element.EnumerateArray().Select(entry => entry.GetInt32())];

        /// <summary>The strings of a flat array.</summary>
        public string[] Strings() => [.. element.EnumerateArray().Select(entry => entry.GetString()!)];

        /// <summary>The tensor that the element holds; a bare number is a scalar.</summary>
        public GoldenTensor Values() => element.ValueKind == JsonValueKind.Object
            ? new GoldenTensor(element.GetProperty("shape").Integers(), element.GetProperty("data").Numbers())
            : new GoldenTensor([], [element.Number()]);

        /// <summary>The entries of the list of that name; none where it is missing or JSON null.</summary>
        public IEnumerable<JsonElement> Entries(string name) => element.Optional(name)?.EnumerateArray().AsEnumerable() ?? [];

        /// <summary>The tags of a case.</summary>
        public string[] Tags() => element.Optional("tags")?.Strings() ?? [];

        /// <summary>The relative tolerance of a case: its own, else what the README says, 1e-8 for extreme cases and 1e-10 for others.</summary>
        public double Tolerance() => element.Optional("rtol")?.GetDouble() ?? (element.Tags().Contains("extreme") ? 1e-8 : 1e-10);

        /// <summary>The property of that name, or null where it is missing or JSON null.</summary>
        public JsonElement? Optional(string name) =>
            element.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null ? found : null;
    }
}
