using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Golden;

/// <summary>Builds distributions from the descriptions in golden files.</summary>
internal static class GoldenDistributions
{
    private const string MixturePrefix = "MixtureSameFamily_";

    /// <summary>A Float64 tensor from its JSON.</summary>
    public static Tensor Tensor(JsonElement element)
    {
        GoldenTensor golden = element.Values();
        return Pyrite.Tensor.From<double>(golden.Data, Shape.Create(golden.Shape));
    }

    /// <summary>The distribution of a case: a family with parameters, or a tree of constructions.</summary>
    /// <param name="description">Has <c>construct</c>, or <c>op</c>, or <c>family</c> and <c>params</c>.</param>
    /// <param name="family">The family where the description does not name one.</param>
    /// <param name="validate">Whether to validate.</param>
    /// <param name="variables">Receives the parameters as gradient variables.</param>
    /// <param name="repeat">How many copies of each parameter to stack along a new first axis; 0 for none.</param>
    public static Distribution Build(JsonElement description, string? family, bool validate, Dictionary<string, Tensor> variables, int repeat = 0)
    {
        if (description.Optional("construct") is { } tree)
        {
            return Build(tree, family, validate, variables);
        }
        if (description.Optional("op") is { } op)
        {
            return Construct(op.GetString()!, description, validate, variables);
        }
        string name = description.Optional("family")?.GetString() ?? family!;
        Dictionary<string, Tensor> arguments = [];
        foreach (JsonProperty property in description.Optional("params")?.EnumerateObject()
            .Where(entry => entry.Value.ValueKind != JsonValueKind.Null) ?? [])
        {
            Tensor value = Tensor(property.Value);
            Tensor variable = (repeat == 0 ? value : value.BroadcastTo([repeat, .. value.Shape])).AsVariable();
            arguments[property.Name] = variable;
            variables[property.Name] = variable;
        }
        int[] eventShape =
            description.Optional("event_shape")?.Integers() ?? [(description.Optional("dim") ?? description.Optional("num_steps"))?.GetInt32() ?? 0];
        return name.StartsWith(MixturePrefix, StringComparison.Ordinal)
            ? Mixture(name[MixturePrefix.Length..], arguments, validate)
            : Family(name, arguments, eventShape, validate);
    }

    /// <summary>A transform by its golden name.</summary>
    public static Transform Transform(string name, Func<string, JsonElement> argument)
    {
        Transform? simple = name switch
        {
            "Exp" => new ExpTransform(),
            "Sigmoid" => new SigmoidTransform(),
            "SigmoidInverse" => new SigmoidTransform().Inverted,
            "LeakyReLU" => new LeakyReluTransform(Tensor(argument("negative_slope")).Item()),
            "ELU" => new EluTransform(Tensor(argument("alpha")).Item()),
            "Spline" =>
                new SplineTransform(Tensor(argument("widths")), Tensor(argument("heights")), Tensor(argument("derivatives")),
                    Tensor(argument("bound")).Item()),
            "Ordered" => new OrderedTransform(),
            "LowerCholesky" => new LowerCholeskyTransform(),
            "SoftplusLowerCholesky" => new SoftplusLowerCholeskyTransform(),
            "CorrCholesky" => new CorrelationCholeskyTransform(),
            "Softmax" => new SoftmaxTransform(),
            "Permute" => new PermuteTransform([.. Tensor(argument("permutation")).ToArray<double>().Select(position => (int)position)]),
            "LowerCholeskyAffine" => new LowerCholeskyAffineTransform(Tensor(argument("loc")), Tensor(argument("scale_tril"))),
            "Tanh" => new TanhTransform(),
            "Power" => new PowerTransform(Tensor(argument("exponent"))),
            "Softplus" => new SoftplusTransform(),
            "StickBreaking" => new StickBreakingTransform(),
            "PositiveOrdered" => new PositiveOrderedTransform(),
            "SimplexToOrdered" => new SimplexToOrderedTransform(),
            "ZeroSum" => new ZeroSumTransform(),
            "Spherical" => new SphericalTransform(),
            "Identity" => new IdentityTransform(),
            "Affine" => new AffineTransform(Tensor(argument("loc")), Tensor(argument("scale"))),
            _ => null,
        };
        if (simple is not null)
        {
            return simple;
        }
        if (name.StartsWith("Inverse(", StringComparison.Ordinal))
        {
            return Transform(name[8..^1], argument).Inverted;
        }
        if (name.StartsWith("Compose(", StringComparison.Ordinal))
        {
            Transform[] parts = [.. name[8..^1].Split(", ").Select(part => Transform(part, argument))];
            return new ComposedTransform(parts);
        }
        throw new NotSupportedException($"Golden transform {name} is not known to the tests.");
    }

    private static Distribution Construct(string op, JsonElement tree, bool validate, Dictionary<string, Tensor> variables)
    {
        Distribution Base() => Build(tree.GetProperty("base"), null, validate, variables);
        return op switch
        {
            "to_event" => Base().ToEvent(tree.GetProperty("reinterpreted_batch_ndims").GetInt32()),
            "expand" => Base().Expand(Shape.Create(tree.GetProperty("batch_shape").Integers())),
            "mask" => Base().Mask(Tensor(tree.GetProperty("mask")).To(DType.Bool)),
            "delta" => new Delta(
                Tensor(tree.GetProperty("v")), tree.Optional("log_density") is { } density ? Tensor(density) : 0.0,
                    tree.Optional("event_dim")?.GetInt32() ?? 0, validate),
            "transform" =>
                new TransformedDistribution(Base(),
                    [.. tree.GetProperty("transforms").EnumerateArray()
                        .Select(part => Transform(part.GetProperty("name").GetString()!, part.GetProperty))]),
            _ => throw new NotSupportedException($"Golden construction {op} is not known to the tests."),
        };
    }

    private static MixtureSameFamily Mixture(string family, Dictionary<string, Tensor> arguments, bool validate)
    {
        Categorical mixing =
            arguments.TryGetValue("logits", out Tensor? logits) ? new Categorical(logits: logits) : new Categorical(arguments["probs"]);
        Dictionary<string, Tensor> own =
            arguments.Where(entry => entry.Key is not ("logits" or "probs")).ToDictionary(entry => entry.Key, entry => entry.Value);
        return new MixtureSameFamily(mixing, Family(family, own, [], validate), validate);
    }

    /// <summary>Calls the constructor with the case's parameter names; a number of entries that is no parameter is that of the event.</summary>
    private static Distribution Family(string name, Dictionary<string, Tensor> arguments, int[] eventShape, bool validate)
    {
        Type type = typeof(Distribution).Assembly.GetType($"Pyrite.{name}")
            ?? throw new NotSupportedException($"Golden family {name} does not exist.");
        Dictionary<string, Tensor> byName = arguments.ToDictionary(entry => CamelCase(entry.Key), entry => entry.Value);
        foreach (ConstructorInfo constructor in type.GetConstructors())
        {
            ParameterInfo[] parameters = constructor.GetParameters();
            if (byName.Keys.All(key => parameters.Any(parameter => parameter.Name == key)))
            {
                return (Distribution)constructor.Invoke([.. parameters.Select(Argument)]);
            }
        }
        throw new NotSupportedException($"Golden family {name} has no constructor with {string.Join(", ", byName.Keys)}.");

        object? Argument(ParameterInfo parameter)
        {
            if (parameter.Name == "validate")
            {
                return validate;
            }
            if (!byName.TryGetValue(parameter.Name!, out Tensor? tensor))
            {
                return parameter.Name is "dim" or "size" or "numSteps" ? eventShape[^1] : parameter.DefaultValue;
            }
            return parameter.ParameterType == typeof(Tensor)
                ? tensor
                : Convert.ChangeType(tensor.Item(), parameter.ParameterType, CultureInfo.InvariantCulture);
        }
    }

    private static string CamelCase(string snake)
    {
        string[] words = snake.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
