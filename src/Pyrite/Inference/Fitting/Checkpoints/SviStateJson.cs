using System.Globalization;
using System.Text;
using System.Text.Json;
using Pyrite.Inference.Objectives;
using Pyrite.Inference.Parameters;
using Pyrite.Inference.Saving;

namespace Pyrite.Inference.Fitting.Checkpoints;

/// <summary>The part of <see cref="SviState"/> that is no tensors, as JSON.</summary>
/// <remarks>Numbers that must come back exactly, and may be infinite, are strings.</remarks>
internal static class SviStateJson
{
    public const int MaxDepth = 8;

    private const int Format = 1;

    public static string Write(SviState state)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("version", FileVersion.Own);
            json.WriteNumber("seed", state.Seed);
            json.WriteNumber("stepCount", state.StepCount);
            json.WriteNumber("skippedCount", state.SkippedCount);
            json.WriteNumber("evaluationCount", state.EvaluationCount);
            json.WriteNumber("skippedInARow", state.SkippedInARow);
            json.WriteString("firstBad", state.FirstBad);
            Write(json, state.Watch);
            if (state.Shards is { } shards)
            {
                json.WriteNumber("shards", shards);
            }
            if (state.Position is { } position)
            {
                json.WriteStartObject("loader");
                json.WriteNumber("epoch", position.Epoch);
                json.WriteNumber("batch", position.Batch);
                json.WriteEndObject();
            }
            json.WriteStartArray("optimizers");
            for (int i = 0; i < state.Optimizers.Count; i++)
            {
                Write(json, state.Optimizers[i], state.Plateaus[i]);
            }
            json.WriteEndArray();
            if (state.Constraints is { } looks)
            {
                json.WriteStartObject("constraints");
                foreach ((string name, ConstraintDescription look) in looks.OrderBy(look => look.Key, StringComparer.Ordinal))
                {
                    json.WriteString(name, look.ToText());
                }
                json.WriteEndObject();
            }
            json.WriteStartArray("baselines");
            foreach ((string site, DecayingAverage average) in state.Averages.OrderBy(a => a.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("site", site);
                json.WriteString("sum", Text(average.Sum));
                json.WriteString("weight", Text(average.Weight));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    public static SviState Read(JsonElement root, IReadOnlyDictionary<string, Tensor> parameters, IReadOnlyDictionary<string, Tensor> buffers,
        Func<int, IReadOnlyDictionary<string, Tensor>> optimizerTensors)
    {
        FileVersion.Require(root, Format);
        List<OptimizerState?> optimizers = [];
        List<PlateauState?> plateaus = [];
        foreach (JsonElement entry in root.GetProperty("optimizers").EnumerateArray())
        {
            bool isThere = entry.ValueKind != JsonValueKind.Null;
            optimizers.Add(isThere ? ReadOptimizer(entry, optimizerTensors(optimizers.Count)) : null);
            plateaus.Add(isThere && entry.TryGetProperty("plateau", out JsonElement plateau) ? ReadPlateau(plateau) : null);
        }
        Dictionary<string, DecayingAverage> averages = [];
        foreach (JsonElement entry in root.GetProperty("baselines").EnumerateArray())
        {
            averages.Add(entry.GetProperty("site").GetString() ?? throw new FormatException("a baseline has no site"),
                new DecayingAverage(Number(entry, "sum"), Number(entry, "weight")));
        }
        return new SviState
        {
            Seed = root.GetProperty("seed").GetUInt64(),
            StepCount = Count(root, "stepCount"),
            SkippedCount = Count(root, "skippedCount"),
            EvaluationCount = Count(root, "evaluationCount"),
            SkippedInARow = checked((int)Math.Min(Count(root, "skippedInARow"), int.MaxValue)),
            FirstBad = root.GetProperty("firstBad").GetString(),
            Watch = root.TryGetProperty("stopping", out JsonElement watch) ? ReadWatch(watch) : null,
            Shards = root.TryGetProperty("shards", out JsonElement shards) ? shards.GetInt32() : null,
            Position = root.TryGetProperty("loader", out JsonElement loader)
                ? new LoaderPosition(checked((int)Count(loader, "epoch")), checked((int)Count(loader, "batch")))
                : null,
            Parameters = parameters,
            Constraints = !root.TryGetProperty("constraints", out JsonElement looks) ? null
                : looks.EnumerateObject().ToDictionary(look => look.Name, look => ConstraintDescription.Parse(look.Value.GetString() ?? "")),
            Buffers = buffers,
            Optimizers = optimizers,
            Plateaus = plateaus,
            Averages = averages,
        };
    }

    private static void Write(Utf8JsonWriter json, OptimizerState? optimizer, PlateauState? plateau)
    {
        if (optimizer is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        json.WriteString("kind", optimizer.Kind);
        json.WriteNumber("step", optimizer.Step);
        json.WriteString("learningRate", Text(optimizer.LearningRate));
        if (plateau is { } watched)
        {
            json.WriteStartObject("plateau");
            json.WriteString("best", Text(watched.Best));
            json.WriteNumber("withoutProgress", watched.ReportsWithoutProgress);
            json.WriteNumber("toRest", watched.ReportsToRest);
            json.WriteNumber("reductions", watched.Reductions);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlateauWatchState? watch)
    {
        if (watch is not { } watched)
        {
            return;
        }
        json.WriteStartObject("stopping");
        json.WriteNumber("window", watched.Stopping.Window);
        json.WriteNumber("patience", watched.Stopping.Patience);
        json.WriteString("tolerance", Text(watched.Stopping.Tolerance));
        json.WriteString("best", Text(watched.Best));
        json.WriteString("sum", Text(watched.Sum));
        json.WriteNumber("finite", watched.Finite);
        json.WriteNumber("seen", watched.Seen);
        json.WriteNumber("withoutProgress", watched.WindowsWithoutProgress);
        json.WriteEndObject();
    }

    private static PlateauWatchState ReadWatch(JsonElement entry) => new(
        new EarlyStopping(entry.GetProperty("window").GetInt32(), entry.GetProperty("patience").GetInt32(), Number(entry, "tolerance")),
        Number(entry, "best"), Number(entry, "sum"), (int)Count(entry, "finite"), (int)Count(entry, "seen"), (int)Count(entry, "withoutProgress"));

    private static OptimizerState ReadOptimizer(JsonElement entry, IReadOnlyDictionary<string, Tensor> tensors)
    {
        double rate = Number(entry, "learningRate");
        if (!(rate >= 0))
        {
            throw new FormatException($"a learning rate is {rate}");
        }
        foreach ((string name, Tensor tensor) in tensors)
        {
            if (name.EndsWith("/step", StringComparison.Ordinal) && (tensor.DType != DType.Int64 || tensor.Count != 1 || tensor.Item() < 0))
            {
                throw new FormatException($"\"{name}\" must be one whole number of at least 0; found {tensor.DType} of shape {tensor.Shape}");
            }
        }
        return new OptimizerState(entry.GetProperty("kind").GetString() ?? throw new FormatException("an optimizer has no kind"),
            Count(entry, "step"), rate, tensors);
    }

    private static PlateauState ReadPlateau(JsonElement entry)
    {
        int reductions = entry.GetProperty("reductions").GetInt32();
        // Every reduction is a round of a loop in the schedule; no run has that many.
        return reductions is >= 0 and <= 10_000
            ? new PlateauState(Number(entry, "best"), entry.GetProperty("withoutProgress").GetInt32(), entry.GetProperty("toRest").GetInt32(),
                reductions)
            : throw new FormatException($"a learning rate was lowered {reductions} times");
    }

    private static long Count(JsonElement owner, string name)
    {
        long count = owner.GetProperty(name).GetInt64();
        return count >= 0 ? count : throw new FormatException($"{name} is {count}");
    }

    private static double Number(JsonElement owner, string name) =>
        double.Parse(owner.GetProperty(name).GetString() ?? throw new FormatException($"{name} is missing"), NumberStyles.Float,
            CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
