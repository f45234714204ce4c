using System.Text.Json;
using Pyrite.Neural.Tests.Layers;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Initializers;

/// <summary>Bounds, spreads and means of fresh weights against PyTorch's rules.</summary>
public sealed class InitializerGoldenTests
{
    private const int FewestDraws = 20_000;

    private static readonly JsonElement[] Json = [.. GoldenFolder.Json("neural", "initializers.json").GetProperty("cases").EnumerateArray()];

    public static TheoryData<int, string> Cases()
    {
        TheoryData<int, string> cases = [];
        for (int i = 0; i < Json.Length; i++)
        {
            string name =
                Json[i].Optional("layer") is { } layer
                    ? $"{layer} {Json[i].GetProperty("parameter")}"
                    : Json[i].GetProperty("initializer").GetString()!;
            cases.Add(i, name);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fresh_weights_are_distributed_as_in_torch(int index, string name)
    {
        JsonElement test = Json[index];
        int[] shape = test.GetProperty("shape").Integers();
        List<double> draws = [];
        for (ulong seed = 0; draws.Count < FewestDraws; seed++)
        {
            Tensor weight = test.Optional("layer") is null ? Draw(test, Shape.Create(shape), seed) : Fresh(test, seed);
            Assert.Equal(shape, weight.Shape.Sizes.ToArray());
            draws.AddRange(weight.ToArray<double>());
        }
        if (test.Optional("value") is { } value)
        {
            Assert.All(draws, draw => Assert.Equal(value.GetDouble(), draw));
            return;
        }
        if (test.Optional("bound") is { } bound)
        {
            Assert.True(draws.Max(Math.Abs) <= bound.GetDouble() * (1 + 1e-6), $"{name}: {draws.Max(Math.Abs)} is outside of {bound}");
        }
        double std = test.Optional("std")?.GetDouble() ?? 1 / Math.Sqrt(Math.Max(shape[0], draws.Count / shape[0]));
        double mean = draws.Average();
        double spread = Math.Sqrt(draws.Average(draw => (draw - mean) * (draw - mean)));
        Assert.True(Math.Abs(mean - (test.Optional("mean")?.GetDouble() ?? 0)) < 4 * spread / Math.Sqrt(draws.Count), $"{name}: mean {mean}");
        if (test.Optional("std") is not null)
        {
            Assert.Equal(1, spread / std, 0.02);
        }
    }

    private static Tensor Fresh(JsonElement test, ulong seed)
    {
        JsonElement[] sizes = [.. test.GetProperty("constructor").EnumerateArray()];
        Module module = GoldenLayers.Build(test.GetProperty("layer").GetString()!, sizes);
        module.SetSeed(seed);
        return module.NamedParameters[test.GetProperty("parameter").GetString()!].Value;
    }

    private static Tensor Draw(JsonElement test, Shape shape, ulong seed)
    {
        JsonElement? args = test.Optional("args");
        double Get(string name, double otherwise) => args?.Optional(name)?.GetDouble() ?? otherwise;
        FanMode mode = args?.Optional("mode")?.GetString() == "fan_out" ? FanMode.Out : FanMode.In;
        Initializer initializer = test.GetProperty("initializer").GetString() switch
        {
            "xavier_uniform" => Initializer.XavierUniform(Get("gain", 1)),
            "xavier_normal" => Initializer.XavierNormal(Get("gain", 1)),
            "kaiming_uniform" => Initializer.KaimingUniform(Slope(args), mode),
            "kaiming_normal" => Initializer.KaimingNormal(Slope(args), mode),
            "trunc_normal" => Initializer.TruncatedNormal(Get("mean", 0), Get("std", 1), Get("a", -2), Get("b", 2)),
            "uniform" => Initializer.Uniform(Get("a", 0), Get("b", 1)),
            "normal" => Initializer.Normal(Get("mean", 0), Get("std", 1)),
            "constant" => Initializer.Constant(Get("val", 0)),
            "zeros" => Initializer.Zeros,
            "ones" => Initializer.Ones,
            "orthogonal" => Initializer.Orthogonal(Get("gain", 1)),
            string other => throw new NotSupportedException($"No initializer {other}."),
            null => throw new InvalidDataException("The case names no initializer."),
        };
        return initializer.Draw(RandomKey.FromSeed(seed), shape);
    }

    /// <summary>The slope at which √(2 / (1 + slope²)) is torch's gain of the nonlinearity.</summary>
    private static double Slope(JsonElement? args) => args?.Optional("nonlinearity")?.GetString() switch
    {
        null or "leaky_relu" => args?.Optional("a")?.GetDouble() ?? 0,
        "relu" => 0,
        "linear" or "sigmoid" or "conv1d" or "conv2d" or "conv3d" => 1,
        "selu" => Math.Sqrt((2 / (0.75 * 0.75)) - 1),
        string other => throw new NotSupportedException($"No gain of {other} by a slope."),
    };
}
