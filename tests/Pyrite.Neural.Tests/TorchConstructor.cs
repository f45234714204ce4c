using System.Reflection;
using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests;

/// <summary>Calls a constructor of the library with the arguments that PyTorch's class of that kind takes, by name.</summary>
/// <remarks>
/// torch's names are turned into camel case, or into the names of <see cref="Renamed"/>. An argument that the constructor lacks is accepted only
/// where it has the value that torch has without it (<see cref="WithoutEffect"/>); any other fails, so that no case is checked with less than it
/// says.
/// </remarks>
internal static class TorchConstructor
{
    private static readonly Dictionary<string, string[]> Renamed = new()
    {
        ["in1_features"] = ["firstFeatures"],
        ["in2_features"] = ["secondFeatures"],
        ["num_parameters"] = ["slopes"],
        ["init"] = ["start"],
        ["num_features"] = ["channels"],
        ["num_channels"] = ["channels"],
        ["num_groups"] = ["groups"],
        ["eps"] = ["epsilon"],
        ["layer_norm_eps"] = ["epsilon"],
        ["normalized_shape"] = ["shape"],
        ["elementwise_affine"] = ["affine"],
        ["num_embeddings"] = ["count"],
        ["embedding_dim"] = ["dimension"],
        ["padding_idx"] = ["paddingIndex"],
        ["num_layers"] = ["layers", "count"],
        ["embed_dim"] = ["size"],
        ["d_model"] = ["size"],
        ["num_heads"] = ["heads"],
        ["nhead"] = ["heads"],
        ["kdim"] = ["keySize"],
        ["vdim"] = ["valueSize"],
        ["dim_feedforward"] = ["hiddenSize"],
        ["p"] = ["probability"],
        ["nonlinearity"] = ["relu"],
        ["lr"] = ["learningRate"],
        ["eta"] = ["learningRate"],
        ["lr_decay"] = ["rateDecay"],
        ["lrd"] = ["rateDecay"],
        ["initial_accumulator_value"] = ["initialSum"],
        ["amsgrad"] = ["amsGrad"],
        ["momentum_decay"] = ["momentumDecay"],
        ["clip_norm"] = ["clip"],
        ["centered_variance"] = ["centered"],
    };

    /// <summary>Arguments of torch that change no number at these values.</summary>
    private static readonly Dictionary<string, string[]> WithoutEffect = new()
    {
        ["padding_mode"] = ["zeros"],
        ["track_running_stats"] = ["True", "False"],
        ["add_bias_kv"] = ["False"],
        ["add_zero_attn"] = ["False"],
        ["sparse"] = ["True", "False"],
        ["scale_grad_by_freq"] = ["False"],
        ["max_norm"] = [""],
        ["norm_type"] = ["2", "2.0"],
        ["proj_size"] = ["0"],
        ["dropout"] = ["0", "0.0"],
        ["enable_nested_tensor"] = ["True", "False"],
        ["inplace"] = ["True", "False"],
        ["maximize"] = ["False"],
        ["foreach"] = ["True", "False", ""],
        ["fused"] = ["True", "False", ""],
        ["capturable"] = ["True", "False"],
        ["differentiable"] = ["True", "False"],
        ["momentum"] = ["0.1"],
    };

    /// <summary>An object made from named arguments.</summary>
    /// <param name="type">The class of the library.</param>
    /// <param name="arguments">torch's arguments by name; undefined for none.</param>
    /// <param name="leading">Values of the constructor's first parameters.</param>
    public static object Create(Type type, JsonElement? arguments, params object[] leading)
    {
        Dictionary<string, JsonElement> given =
            arguments?.EnumerateObject().SelectMany(Split).ToDictionary(pair => pair.Key, pair => pair.Value) ?? [];
        ConstructorInfo constructor = Constructor(type, leading);
        ParameterInfo[] parameters = constructor.GetParameters();
        object?[] values = new object?[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            string[] names = [.. given.Keys.Where(key => IsNamed(key, parameters[i].Name!))];
            values[i] = i < leading.Length ? leading[i]
                : names is [string name] ? Convert(given[name], parameters[i])
                : parameters[i].HasDefaultValue ? parameters[i].DefaultValue
                : throw new NotSupportedException($"{type.Name} needs {parameters[i].Name}; the case gives {string.Join(", ", given.Keys)}.");
            Array.ForEach(names, used => given.Remove(used));
        }
        foreach ((string name, JsonElement value) in given)
        {
            Assert.True(
                WithoutEffect.TryGetValue(name, out string[]? harmless) && harmless.Contains(value.ToString()),
                $"{type.Name} has no argument for torch's {name} = {value}.");
        }
        return constructor.Invoke(values);
    }

    /// <summary>An object made from the first arguments of its constructor, in torch's order.</summary>
    public static object Create(Type type, IReadOnlyList<JsonElement> positional)
    {
        ConstructorInfo constructor = Constructor(type, []);
        ParameterInfo[] parameters = constructor.GetParameters();
        return constructor.Invoke(
            [.. parameters.Select((parameter, i) => i < positional.Count ? Convert(positional[i], parameter) : parameter.DefaultValue)]);
    }

    /// <summary>A function by torch's name of it.</summary>
    public static Func<Tensor, Tensor> Activation(string name) => name.ToLowerInvariant() switch
    {
        "relu" => x => x.Relu(),
        "tanh" => x => x.Tanh(),
        "sigmoid" => x => x.Sigmoid(),
        "elu" => x => x.Elu(),
        "gelu" => x => x.Gelu(),
        "silu" or "swish" => x => x.Silu(),
        "softplus" => x => x.Softplus(),
        "leaky_relu" or "leakyrelu" => x => x.LeakyRelu(),
        "selu" => x => x.Selu(),
        "mish" => x => x.Mish(),
        "identity" => x => x,
        _ => throw new NotSupportedException($"No activation {name}."),
    };

    private static ConstructorInfo Constructor(Type type, object[] leading) =>
        type.GetConstructors().Where(candidate => Accepts(candidate, leading)).MaxBy(candidate => candidate.GetParameters().Length)
        ?? throw new NotSupportedException($"{type.Name} has no public constructor that takes {leading.Length} leading values.");

    private static bool Accepts(ConstructorInfo candidate, object[] leading)
    {
        ParameterInfo[] parameters = candidate.GetParameters();
        return parameters.Length >= leading.Length
            && leading.Select((value, i) => parameters[i].ParameterType.IsInstanceOfType(value)).All(fits => fits);
    }

    /// <summary>torch writes both decays of Adam's kin as one pair, and the rates of Rprop too.</summary>
    private static IEnumerable<KeyValuePair<string, JsonElement>> Split(JsonProperty property)
    {
        string[]? parts = property.Name switch
        {
            "betas" => ["beta1", "beta2"],
            "etas" => ["shrink", "grow"],
            "step_sizes" => ["smallestStep", "largestStep"],
            _ => null,
        };
        return parts is null
            ? [KeyValuePair.Create(property.Name, property.Value)]
            : parts.Select((part, i) => KeyValuePair.Create(part, property.Value[i]));
    }

    private static bool IsNamed(string torch, string own) =>
        Renamed.TryGetValue(torch, out string[]? names) && names.Contains(own) || CamelCase(torch) == own;

    private static string CamelCase(string snake)
    {
        string[] words = snake.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static object? Convert(JsonElement value, ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return value.ValueKind switch
        {
            JsonValueKind.Null when type == parameter.ParameterType && type.IsValueType => parameter.DefaultValue,
            JsonValueKind.Null => null,
            JsonValueKind.String when type == typeof(bool) => value.GetString() == parameter.Name,
            JsonValueKind.Array when type == typeof(int) => Same(value),
            _ when type == typeof(int) => value.GetInt32(),
            _ when type == typeof(long) => value.GetInt64(),
            _ when type == typeof(double) => value.Number(),
            _ when type == typeof(bool) => value.GetBoolean(),
            JsonValueKind.Array when type == typeof(AxisPair) => new AxisPair(value[0].GetInt32(), value[1].GetInt32()),
            _ when type == typeof(AxisPair) => (AxisPair)value.GetInt32(),
            JsonValueKind.Array when type == typeof(Shape) => Shape.Create(value.Integers()),
            _ when type == typeof(Shape) => Shape.Create(value.GetInt32()),
            _ when type == typeof(Func<Tensor, Tensor>) => Activation(value.GetString()!),
            _ => throw new NotSupportedException($"{parameter.Name}: {value} cannot be made a {type.Name}."),
        };
    }

    private static int Same(JsonElement list)
    {
        int[] sizes = [.. list.Integers().Distinct()];
        return sizes is [int size] ? size : throw new NotSupportedException($"This layer takes one number for all axes; the case gives {list}.");
    }
}
