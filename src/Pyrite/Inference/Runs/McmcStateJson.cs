using System.Text;
using System.Text.Json;
using Pyrite.Inference.Diagnostics;
using Pyrite.Inference.Samplers;
using Pyrite.Inference.Saving;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Runs;

/// <summary>The part of a saved run that is no numbers of chains, as JSON.</summary>
internal static class McmcStateJson
{
    public const int MaxDepth = 8;

    private const int Format = 1;

    public static string Write(SavedRun run)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("version", FileVersion.Own);
            json.WriteNumber("seed", run.Settings.Seed);
            json.WriteNumber("chains", run.Settings.Chains);
            json.WriteNumber("warmup", run.Settings.Warmup);
            json.WriteNumber("draws", run.Settings.Draws);
            json.WriteNumber("thinning", run.Settings.Thinning);
            json.WritePropertyName("sampler");
            SamplerJson.Write(json, run.Settings.Sampler);
            json.WriteNumber("latent", run.LatentCount);
            json.WriteStartArray("quantities");
            foreach (PotentialSite quantity in run.Quantities)
            {
                Write(json, quantity);
            }
            json.WriteEndArray();
            json.WriteStartArray("saved");
            foreach (ChainSnapshot chain in run.Chains)
            {
                Write(json, chain);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static SavedRun Read(JsonElement root, Func<int, IReadOnlyDictionary<string, double[]>> numbers)
    {
        FileVersion.Require(root, Format);
        McmcSettings settings = new McmcSettings(
            SamplerJson.Read(root.GetProperty("sampler")), Count(root, "chains"), Count(root, "warmup"), Count(root, "draws"),
                root.GetProperty("seed").GetUInt64(), Count(root, "thinning")).Check();
        List<PotentialSite> quantities = [];
        int latent = Count(root, "latent"), offset = 0;
        foreach (JsonElement entry in root.GetProperty("quantities").EnumerateArray())
        {
            quantities.Add(ReadQuantity(entry, offset));
            offset = checked(offset + (int)quantities[^1].Shape.Count);
        }
        ChainSnapshot[] chains = [.. root.GetProperty("saved").EnumerateArray().Select(entry => ReadChain(entry, settings, numbers))];
        return chains.Length > 0 && latent > 0 && latent <= quantities.Count
            ? new SavedRun(settings, latent, quantities,
                chains)
            { Version = root.TryGetProperty("version", out JsonElement version) ? Text(version) : "of an unknown number" }
            : throw new FormatException($"there are {chains.Length} chains, {quantities.Count} quantities and {latent} latent sites");
    }

    private static void Write(Utf8JsonWriter json, PotentialSite quantity)
    {
        json.WriteStartObject();
        json.WriteString("name", quantity.Name);
        json.WriteString("support", quantity.Support);
        if (quantity.DType != DType.Float64)
        {
            json.WriteString("type", $"{quantity.DType}");
        }
        if (quantity.IsCircular)
        {
            json.WriteBoolean("circular", true);
        }
        if (quantity.Part is { } part)
        {
            WriteNumbers(json, "whole", part.Batch.Sizes);
            WriteNumbers(json, "places", part.Places);
        }
        WriteNumbers(json, "shape", quantity.Shape.Sizes);
        json.WritePropertyName("dimensions");
        AxesJson.WriteTexts(json, quantity.Dimensions);
        if (quantity.Names.Any(along => along is not null))
        {
            json.WritePropertyName("entries");
            AxesJson.WriteEntries(json, quantity.Names);
        }
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
        {
            json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }

    private static PotentialSite ReadQuantity(JsonElement entry, int offset)
    {
        Shape shape = Shape.Create([.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())]);
        string[] dimensions = AxesJson.ReadTexts(entry.GetProperty("dimensions"));
        return dimensions.Length == shape.Rank
            ? new PotentialSite(Text(entry.GetProperty("name")), shape, shape, offset, Text(entry.GetProperty("support")), dimensions)
            {
                // States of version 0.1 have none of these.
                Names =
                    entry.TryGetProperty("entries", out JsonElement entries)
                        ? AxesJson.ReadEntries(entries, shape)
                        : new IReadOnlyList<string>?[shape.Rank],
                DType = entry.TryGetProperty("type", out JsonElement type) && Text(type) == nameof(DType.Int64) ? DType.Int64 : DType.Float64,
                IsCircular = entry.TryGetProperty("circular", out JsonElement circular) && circular.GetBoolean(),
                Part = entry.TryGetProperty("whole", out JsonElement whole) ? ReadPart(whole, entry.GetProperty("places"), shape) : null,
            }
            : throw new FormatException($"a quantity of shape {shape} has {dimensions.Length} dimensions");
    }

    private static BatchPart ReadPart(JsonElement whole, JsonElement places, Shape shape)
    {
        Shape batch = Shape.Create([.. whole.EnumerateArray().Select(size => size.GetInt32())]);
        int[] at = [.. places.EnumerateArray().Select(place => place.GetInt32())];
        bool isRight =
            batch.Count <= int.MaxValue && shape.Rank > 0 && at.Length == shape[0] && at.All(place => place >= 0 && place < batch.Count)
                && at.Zip(at.Skip(1)).All(pair => pair.First < pair.Second);
        return isRight ? new BatchPart(batch, at) : throw new FormatException($"a quantity of shape {shape} names {at.Length} places in {batch}");
    }

    private static void Write(Utf8JsonWriter json, ChainSnapshot chain)
    {
        json.WriteStartObject();
        json.WriteNumber("chain", chain.Chain);
        json.WriteNumber("transitions", chain.Transitions);
        json.WriteNumber("divergences", chain.Divergences);
        json.WriteNumber("fileLength", chain.FileLength);
        json.WriteNumber("explainedFailures", chain.ExplainedFailures);
        json.WriteStartArray("failures");
        foreach (PotentialFailure failure in chain.Failures)
        {
            json.WriteStartObject();
            json.WriteString("place", failure.Place);
            json.WriteString("message", failure.Message);
            json.WriteNumber("count", failure.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach ((string kind, string text) in chain.Notes)
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            json.WriteString("text", text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ChainSnapshot ReadChain(JsonElement entry, McmcSettings settings, Func<int, IReadOnlyDictionary<string, double[]>> numbers)
    {
        int chain = Count(entry, "chain");
        return new ChainSnapshot
        {
            Chain = chain,
            Transitions =
                Count(entry, "transitions") is int made && made <= settings.Transitions
                    ? made
                    : throw new FormatException($"chain {chain} has made more than {settings.Transitions} transitions"),
            Divergences = Count(entry, "divergences"),
            FileLength =
                entry.GetProperty("fileLength").GetInt64() is long length and >= 0
                    ? length
                    : throw new FormatException("a file's length is negative"),
            ExplainedFailures = Count(entry, "explainedFailures"),
            Failures =
                [.. entry.GetProperty("failures").EnumerateArray()
                    .Select(
                        failure =>
                            new PotentialFailure(Text(failure.GetProperty("place")), Text(failure.GetProperty("message")),
                                failure.GetProperty("count").GetInt64()))],
            // States of version 0.1 have no notes.
            Notes =
                entry.TryGetProperty("notes", out JsonElement notes)
                    ? [.. notes.EnumerateArray().Select(note => (Text(note.GetProperty("kind")), Text(note.GetProperty("text"))))]
                    : [],
            Numbers = numbers(chain),
        };
    }

    private static int Count(JsonElement owner, string name)
    {
        int count = owner.GetProperty(name).GetInt32();
        return count >= 0 ? count : throw new FormatException($"{name} is {count}");
    }

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("a text is missing");
}
