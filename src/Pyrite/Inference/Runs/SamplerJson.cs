using System.Globalization;
using System.Text.Json;

namespace Pyrite.Inference.Runs;

/// <summary>Samplers as JSON: their kind and settings. Real numbers are strings, so that they come back exactly.</summary>
internal static class SamplerJson
{
    public static void Write(Utf8JsonWriter json, Sampler sampler)
    {
        json.WriteStartObject();
        json.WriteString("kind", sampler.GetType().Name);
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
                throw new NotSupportedException($"Saving a run: the sampler {sampler.GetType().Name} has no settings that can be saved.");
        }
        json.WriteEndObject();
    }

    public static Sampler Read(JsonElement entry) => entry.GetProperty("kind").GetString() switch
    {
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
        if (sampler.Structure.Names is not { } blocks)
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
