using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Layers;

/// <summary>Builds a layer of the golden files from torch's name and arguments.</summary>
internal static class GoldenLayers
{
    /// <summary>torch's names that differ from the library's by more than the case of letters.</summary>
    private static readonly Dictionary<string, Type> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["InstanceNorm1d"] = typeof(InstanceNorm),
        ["InstanceNorm2d"] = typeof(InstanceNorm),
        ["InstanceNorm3d"] = typeof(InstanceNorm),
        ["Dropout1d"] = typeof(Dropout),
    };

    /// <summary>Every layer that the library has, with the name torch has for it.</summary>
    public static IReadOnlyDictionary<string, Type> Types { get; } = typeof(Layer).Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(Module)) && !type.IsAbstract)
        .ToDictionary(type => type.Name, type => type, StringComparer.OrdinalIgnoreCase);

    /// <summary>The layer of a case with fields <c>layer</c> and <c>args</c>.</summary>
    public static Module Build(JsonElement test) => Build(test.GetProperty("layer").GetString()!, test.Optional("args"));

    /// <summary>The layer of a case that lists constructor arguments in torch's order.</summary>
    public static Module Build(string name, IReadOnlyList<JsonElement> positional) => (Module)TorchConstructor.Create(TypeOf(name), positional);

    private static Module Build(string name, JsonElement? args)
    {
        switch (name)
        {
            case "MLP":
                string activation = args!.Value.Optional("activation")?.GetString() ?? "relu";
                return new Mlp(args.Value.GetProperty("sizes").Integers(), TorchConstructor.Activation(activation));
            case "Sequential":
                return new Sequential([.. args!.Value.GetProperty("layers").EnumerateArray().Select(Build).Cast<Layer>()]);
            case "TransformerEncoder":
                JsonElement layer = args!.Value.GetProperty("encoder_layer");
                JsonElement? norm = args.Value.Optional("norm");
                return new TransformerEncoder(
                    args.Value.GetProperty("num_layers").GetInt32(), () => (TransformerEncoderLayer)Build("TransformerEncoderLayer", layer),
                    norm is null ? null : (LayerNorm)Build("LayerNorm", norm));
            default:
                return Types.ContainsKey(name) || Named.ContainsKey(name)
                    ? (Module)TorchConstructor.Create(TypeOf(name), args)
                    : new Activation(TorchConstructor.Activation(name));
        }
    }

    private static Type TypeOf(string name) => Named.TryGetValue(name, out Type? type) || Types.TryGetValue(name, out type)
        ? type
        : throw new NotSupportedException($"No layer {name}.");
}
