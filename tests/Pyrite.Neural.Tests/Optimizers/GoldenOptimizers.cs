using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Optimizers;

/// <summary>Builds an optimizer of the golden files from torch's or Pyro's arguments.</summary>
internal static class GoldenOptimizers
{
    private static readonly Dictionary<string, Type> Types = typeof(Optimizer).Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract)
        .ToDictionary(type => type.Name, type => type, StringComparer.OrdinalIgnoreCase);

    public static Optimizer Build(JsonElement test, IReadOnlyList<Parameter> parameters)
    {
        string name = test.GetProperty("optimizer").GetString()!.Split('.')[^1];
        Type type = Types.TryGetValue(name, out Type? found) ? found : throw new NotSupportedException($"No optimizer for {name}.");
        Optimizer optimizer = (Optimizer)TorchConstructor.Create(type, test.Optional("args"), parameters);
        Schedule? schedule = test.Optional("schedule") is { } entry ? new ExponentialSchedule(entry.GetProperty("gamma").GetDouble()) : null;
        typeof(Optimizer).GetProperty(nameof(Optimizer.Clipping))!.SetValue(optimizer, Clipping(test));
        typeof(Optimizer).GetProperty(nameof(Optimizer.Schedule))!.SetValue(optimizer, schedule);
        return optimizer;
    }

    private static GradientClipping? Clipping(JsonElement test)
    {
        if (test.Optional("clip") is not { } clip)
        {
            return null;
        }
        double limit = clip.GetProperty("limit").GetDouble();
        return clip.GetProperty("kind").GetString() == "norm"
            ? GradientClipping.ByNorm(limit, clip.Optional("norm_type")?.Number() ?? 2)
            : GradientClipping.ByValue(limit);
    }
}
