using System.Text;
using System.Text.Json;

namespace Pyrite.Inference.Diagnostics;

/// <summary>The names of axes and of their entries in files.</summary>
internal static class AxesJson
{
    /// <summary>Writes an array of names, or of null, for each axis.</summary>
    public static void WriteEntries(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<string>?> names)
    {
        json.WriteStartArray();
        foreach (IReadOnlyList<string>? along in names)
        {
            if (along is null)
            {
                json.WriteNullValue();
                continue;
            }
            WriteTexts(json, along);
        }
        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="WriteEntries"/> wrote.</summary>
    /// <exception cref="FormatException">There are not as many as entries.</exception>
    public static IReadOnlyList<string>?[] ReadEntries(JsonElement entries, Shape shape)
    {
        IReadOnlyList<string>?[] names =
            [.. entries.EnumerateArray().Select(along => along.ValueKind == JsonValueKind.Null ? null : (IReadOnlyList<string>)ReadTexts(along))];
        bool suits =
            names.Length == shape.Rank && Enumerable.Range(0, names.Length).All(axis => names[axis] is not { } along
                || (along.Count == shape[axis] && Language.Sites.EntryNames.Fault(along) is null));
        return suits ? names : throw new FormatException($"the names of entries do not suit a quantity of shape {shape}");
    }

    /// <summary>Writes an array of texts.</summary>
    public static void WriteTexts(Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray();
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }

    /// <summary>Reads an array of texts.</summary>
    public static string[] ReadTexts(JsonElement texts) =>
        [.. texts.EnumerateArray().Select(text => text.GetString() ?? throw new FormatException("a text is missing"))];

    /// <summary>The names of one quantity, <c>{"dimensions":["schools"],"entries":[["Choate",…]]}</c>, in ASCII without an equals sign; null where
    /// no name was given by anybody.</summary>
    public static string? Text(DrawsVariable variable) => Text(variable.Name, variable.Dimensions, variable.EntryNames);

    /// <inheritdoc cref="Text(DrawsVariable)"/>
    public static string? Text(string name, IReadOnlyList<string> dimensions, IReadOnlyList<IReadOnlyList<string>?> entries)
    {
        bool isNamed = entries.Any(along => along is not null)
            || dimensions.Where((dimension, axis) => dimension != Language.Sites.SiteAxes.Numbered(name, axis)).Any();
        if (!isNamed)
        {
            return null;
        }
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WritePropertyName("dimensions");
            WriteTexts(json, dimensions);
            json.WritePropertyName("entries");
            WriteEntries(json, entries);
            json.WriteEndObject();
        }
        // Comments of files are divided at an equals sign, and a word in parentheses is taken off them.
        return Encoding.UTF8.GetString(text.ToArray()).Replace("=", "\\u003D", StringComparison.Ordinal)
            .Replace("(", "\\u0028", StringComparison.Ordinal);
    }

    /// <summary>A quantity with the names that a text gives it; as it is where there is none, or it does not suit.</summary>
    public static DrawsVariable Named(DrawsVariable variable, string? text)
    {
        if (text is null)
        {
            return variable;
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Named(variable, document.RootElement);
        }
        catch (JsonException)
        {
            return variable;
        }
    }

    /// <inheritdoc cref="Named(DrawsVariable, string?)"/>
    public static DrawsVariable Named(DrawsVariable variable, JsonElement names)
    {
        try
        {
            string[] dimensions = ReadTexts(names.GetProperty("dimensions"));
            return dimensions.Length == variable.EventShape.Rank
                ? new DrawsVariable(variable.Name, variable.EventShape, variable.Values.ToArray(), dimensions, variable.DType)
                {
                    EntryNames = ReadEntries(names.GetProperty("entries"), variable.EventShape),
                    IsCircular = variable.IsCircular,
                    Part = variable.Part,
                }
                : variable;
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return variable;
        }
    }
}
