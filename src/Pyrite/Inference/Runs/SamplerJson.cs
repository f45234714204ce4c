using System.Globalization;
using System.Text;
using System.Text.Json;
using Pyrite.Inference.Samplers.Metrics;

namespace Pyrite.Inference.Runs;

/// <summary>Samplers as JSON: their kind and settings. Real numbers are strings, so that they come back exactly. Samplers and parts that are not the
/// library's are told by their text, and must be given again.</summary>
internal static class SamplerJson
{
    private const string OutsideKind = "outside";

    /// <summary>A sampler as it is saved.</summary>
    public static string Text(Sampler sampler)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            Write(json, sampler);
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static void Write(Utf8JsonWriter json, Sampler sampler)
    {
        if (sampler is OutsideSampler saved)
        {
            json.WriteRawValue(saved.Saved);
            return;
        }
        json.WriteStartObject();
        json.WriteString("kind", sampler is Nuts or Hmc or RandomWalk or SliceSampler ? sampler.GetType().Name : OutsideKind);
        switch (sampler)
        {
            case Nuts nuts:
                json.WriteNumber("maximumTreeDepth", nuts.MaximumTreeDepth);
                WriteShared(json, nuts);
                break;
            case Hmc hmc:
                Write(json, "trajectoryLength", hmc.TrajectoryLength);
                if (hmc.Steps is { } steps)
                {
                    json.WriteNumber("steps", steps);
                }
                WriteShared(json, hmc);
                break;
            case RandomWalk walk:
                Write(json, "scale", walk.Scale);
                json.WriteBoolean("adapt", walk.Adapt);
                break;
            case SliceSampler slice:
                Write(json, "width", slice.Width);
                break;
            default:
                json.WriteString("text", Name(sampler));
                break;
        }
        json.WriteEndObject();
    }

    public static Sampler Read(JsonElement entry) => entry.TryGetProperty(OutsideKind, out _) ? Outside(entry) : OwnOrOutside(entry);

    private static Sampler OwnOrOutside(JsonElement entry) => entry.GetProperty("kind").GetString() switch
    {
        OutsideKind => Outside(entry),
        nameof(Nuts) => new Nuts(
            Number(entry, "targetAcceptance"), NumberOrNull(entry, "stepSize"), null, ReadStructure(entry),
                entry.GetProperty("adaptStepSize").GetBoolean(),
            entry.GetProperty("adaptMetric").GetBoolean(), entry.GetProperty("maximumTreeDepth").GetInt32(), Number(entry, "jitter")),
        nameof(Hmc) => new Hmc(
            Number(entry, "trajectoryLength"), entry.TryGetProperty("steps", out JsonElement steps) ? steps.GetInt32() : null,
            Number(entry, "targetAcceptance"), NumberOrNull(entry, "stepSize"), null,
            ReadStructure(entry), entry.GetProperty("adaptStepSize").GetBoolean(), entry.GetProperty("adaptMetric").GetBoolean(),
                Number(entry, "jitter")),
        nameof(RandomWalk) => new RandomWalk(NumberOrNull(entry, "scale"), entry.GetProperty("adapt").GetBoolean()),
        nameof(SliceSampler) => new SliceSampler(Number(entry, "width")),
        string kind => throw new FormatException($"the sampler \"{kind}\" is not known"),
        null => throw new FormatException("a sampler has no kind"),
    };

    private static void WriteShared(Utf8JsonWriter json, HamiltonianSampler sampler)
    {
        Write(json, "targetAcceptance", sampler.TargetAcceptance);
        Write(json, "stepSize", sampler.StepSize);
        Write(json, "jitter", sampler.Jitter);
        json.WriteBoolean("adaptStepSize", sampler.AdaptStepSize);
        json.WriteBoolean("adaptMetric", sampler.AdaptMetric);
        WriteBlocks(json, (sampler.Structure as BlockStructure)?.Names);
        List<string> parts = [.. OutsideParts(sampler)];
        if (parts.Count > 0)
        {
            json.WriteStartArray(OutsideKind);
            parts.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }
    }

    private static void WriteBlocks(Utf8JsonWriter json, IReadOnlyList<string[]>? blocks)
    {
        if (blocks is null)
        {
            return;
        }
        json.WriteStartArray("blocks");
        foreach (string[] block in blocks)
        {
            json.WriteStartArray();
            Array.ForEach(block, json.WriteStringValue);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>The parts of a sampler that are not the library's.</summary>
    private static IEnumerable<string> OutsideParts(HamiltonianSampler sampler)
    {
        object?[] parts =
        [
            ReferenceEquals(sampler.Integrator, Integrator.Leapfrog) ? null : sampler.Integrator,
            sampler.Metric is null or DiagonalMetric or BlockMetric ? null : sampler.Metric,
            sampler.Structure is BlockStructure ? null : sampler.Structure,
            sampler.Adaptation is DualAveraging ? null : sampler.Adaptation,
            ReferenceEquals(sampler.Schedule, WarmupSchedule.Windows) ? null : sampler.Schedule,
        ];
        return parts.OfType<object>().Select(Name);
    }

    private static OutsideSampler Outside(JsonElement entry)
    {
        string?[] names = entry.TryGetProperty(OutsideKind, out JsonElement parts)
            ? [.. parts.EnumerateArray().Select(part => part.GetString())]
            : [entry.GetProperty("text").GetString()];
        return new OutsideSampler(entry.GetRawText(), string.Join(", ", names));
    }

    private static string Name(object part) => part.ToString() ?? part.GetType().Name;

    private static MetricStructure ReadStructure(JsonElement entry) => entry.TryGetProperty("blocks", out JsonElement blocks)
        ? MetricStructure.Blocks(
            [.. blocks.EnumerateArray()
                .Select(
                    block =>
                        block.EnumerateArray().Select(name => name.GetString() ?? throw new FormatException("a block of the metric has no name"))
                            .ToArray())])
        : MetricStructure.Dense;

    private static void Write(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
        {
            json.WriteString(name, value.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static double? NumberOrNull(JsonElement owner, string name) => owner.TryGetProperty(name, out _) ? Number(owner, name) : null;

    private static double Number(JsonElement owner, string name) =>
        double.Parse(owner.GetProperty(name).GetString() ?? throw new FormatException($"{name} is missing"), NumberStyles.Float,
            CultureInfo.InvariantCulture);
}
