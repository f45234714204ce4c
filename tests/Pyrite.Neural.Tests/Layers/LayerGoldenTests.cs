using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Layers;

/// <summary>Outputs, gradients and running statistics of every layer against PyTorch.</summary>
public sealed class LayerGoldenTests
{
    private static readonly Dictionary<string, (JsonElement[] Cases, JsonElement Json, NamedTensors Tensors)> Files =
        Directory.GetFiles(Path.Combine(GoldenFolder.Root, "neural"), "layers_*.json").Order(StringComparer.Ordinal).ToDictionary(
            path => Path.GetFileNameWithoutExtension(path),
            path =>
            {
                JsonElement json = GoldenFolder.Json("neural", Path.GetFileName(path));
                NamedTensors tensors = SafeTensors.Load(Path.ChangeExtension(path, ".safetensors"));
                return (json.GetProperty("cases").EnumerateArray().ToArray(), json, tensors);
            });

    /// <summary>torch's constructors of every layer of the library, small.</summary>
    private static readonly Dictionary<string, string> SmallLayers = new()
    {
        ["Activation"] = """{"layer": "GELU"}""",
        ["BatchNorm1d"] = """{"layer": "BatchNorm1d", "args": {"num_features": 2, "eps": 1e-3, "momentum": null, "affine": false}}""",
        ["BatchNorm2d"] = """{"layer": "BatchNorm2d", "args": {"num_features": 2, "track_running_stats": true}}""",
        ["BatchNorm3d"] = """{"layer": "BatchNorm3d", "args": {"num_features": 2, "momentum": 0.2}}""",
        ["Bilinear"] = """{"layer": "Bilinear", "args": {"in1_features": 2, "in2_features": 3, "out_features": 4, "bias": false}}""",
        ["Conv1d"] =
            """{"layer": "Conv1d", "args": {"in_channels": 2, "out_channels": 4, "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 2, "groups": 2, "bias": false}}""",
        ["Conv2d"] =
            """{"layer": "Conv2d", "args": {"in_channels": 2, "out_channels": 4, "kernel_size": [3, 2], "stride": 2, "padding": [1, 0], "padding_mode": "zeros"}}""",
        ["Conv3d"] = """{"layer": "Conv3d", "args": {"in_channels": 2, "out_channels": 4, "kernel_size": [3, 3, 3], "stride": 2, "bias": false}}""",
        ["ConvTranspose1d"] =
            """{"layer": "ConvTranspose1d", "args": {"in_channels": 2, "out_channels": 4, "kernel_size": 3, "stride": 2, "output_padding": 1}}""",
        ["ConvTranspose2d"] =
            """{"layer": "ConvTranspose2d", "args": {"in_channels": 2, "out_channels": 4, "kernel_size": 3, "stride": [2, 1], "output_padding": [1, 0]}}""",
        ["ConvTranspose3d"] =
            """{"layer": "ConvTranspose3d", "args": {"in_channels": 2, "out_channels": 4, "kernel_size": 3, "dilation": 2, "groups": 2}}""",
        ["Dropout"] = """{"layer": "Dropout", "args": {"p": 0.25, "inplace": false}}""",
        ["Embedding"] = """{"layer": "Embedding", "args": {"num_embeddings": 5, "embedding_dim": 2, "padding_idx": 1, "sparse": false}}""",
        ["GroupNorm"] = """{"layer": "GroupNorm", "args": {"num_groups": 2, "num_channels": 4, "eps": 1e-3, "affine": false}}""",
        ["Gru"] =
            """{"layer": "GRU", "args": {"input_size": 2, "hidden_size": 3, "num_layers": 2, "bidirectional": true, "batch_first": true, "dropout": 0.1}}""",
        ["GruCell"] = """{"layer": "GRUCell", "args": {"input_size": 2, "hidden_size": 3, "bias": false}}""",
        ["InstanceNorm"] =
            """{"layer": "InstanceNorm2d", "args": {"num_features": 2, "affine": true, "track_running_stats": false, "momentum": 0.1}}""",
        ["LayerNorm"] = """{"layer": "LayerNorm", "args": {"normalized_shape": [2, 3], "eps": 1e-3, "elementwise_affine": true, "bias": false}}""",
        ["Linear"] = """{"layer": "Linear", "args": {"in_features": 2, "out_features": 3, "bias": false}}""",
        ["Lstm"] = """{"layer": "LSTM", "args": {"input_size": 2, "hidden_size": 3, "proj_size": 0}}""",
        ["LstmCell"] = """{"layer": "LSTMCell", "args": {"input_size": 2, "hidden_size": 3}}""",
        ["Mlp"] = """{"layer": "MLP", "args": {"sizes": [2, 3, 1], "activation": "tanh"}}""",
        ["MultiheadAttention"] =
            """{"layer": "MultiheadAttention", "args": {"embed_dim": 4, "num_heads": 2, "kdim": 3, "vdim": 2, "add_zero_attn": false}}""",
        ["PRelu"] = """{"layer": "PReLU", "args": {"num_parameters": 2, "init": 0.1}}""",
        ["RmsNorm"] = """{"layer": "RMSNorm", "args": {"normalized_shape": 3, "eps": null, "elementwise_affine": false}}""",
        ["Rnn"] = """{"layer": "RNN", "args": {"input_size": 2, "hidden_size": 3, "nonlinearity": "relu", "bias": false}}""",
        ["RnnCell"] = """{"layer": "RNNCell", "args": {"input_size": 2, "hidden_size": 3, "nonlinearity": "tanh"}}""",
        ["Sequential"] =
            """{"layer": "Sequential", "args": {"layers": [{"layer": "Linear", "args": {"in_features": 2, "out_features": 3}}, {"layer": "ReLU"}]}}""",
        ["TransformerDecoderLayer"] =
            """{"layer": "TransformerDecoderLayer", "args": {"d_model": 4, "nhead": 2, "dim_feedforward": 5, "norm_first": true, "activation": "gelu"}}""",
        ["TransformerEncoder"] =
            """{"layer": "TransformerEncoder", "args": {"num_layers": 2, "encoder_layer": {"d_model": 4, "nhead": 2}, "norm": {"normalized_shape": [4]}}}""",
        ["TransformerEncoderLayer"] =
            """{"layer": "TransformerEncoderLayer", "args": {"d_model": 4, "nhead": 2, "layer_norm_eps": 1e-3, "batch_first": true}}""",
    };

    public static TheoryData<string, int, string> Cases()
    {
        TheoryData<string, int, string> cases = [];
        foreach ((string file, (JsonElement[] tests, _, _)) in Files)
        {
            for (int i = 0; i < tests.Length; i++)
            {
                cases.Add(file, i, tests[i].GetProperty("name").GetString()!);
            }
        }
        return cases;
    }

    public static TheoryData<string> Layers => [.. GoldenLayers.Types.Values.Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_layer_of_the_library_is_built_from_torchs_arguments(string layer)
    {
        Assert.True(SmallLayers.TryGetValue(layer, out string? json), $"Write torch's constructor of {layer} into the table.");
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(layer, GoldenLayers.Build(document.RootElement).GetType().Name);
    }

    [Fact]
    public void An_argument_that_the_library_lacks_is_not_passed_over()
    {
        using JsonDocument document =
            JsonDocument.Parse("""{"layer": "Conv2d", "args": {"in_channels": 2, "out_channels": 4, "kernel_size": 3, "padding_mode": "reflect"}}""");
        Assert.Contains("padding_mode", Assert.ThrowsAny<Exception>(() => GoldenLayers.Build(document.RootElement)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_torch(string file, int index, string name)
    {
        (JsonElement[] tests, JsonElement json, NamedTensors tensors) = Files[file];
        JsonElement test = tests[index];
        Tolerance tolerance = new(
            (test.Optional("rtol") ?? json.GetProperty("rtol")).GetDouble(), (test.Optional("atol") ?? json.GetProperty("atol")).GetDouble());
        DType type =
            json.Optional("dtype")?.GetString() == "float32" || file.EndsWith("float32", StringComparison.Ordinal) ? DType.Float32 : DType.Float64;
        Module module = GoldenLayers.Build(test).To(type);
        module = test.Optional("training")?.GetBoolean() ?? true ? module.Train() : module.Eval();
        Load(module, test, tensors);

        Tensor[] inputs = [.. test.GetProperty("inputs").Strings().Select(input => tensors[input])];
        inputs = Array.ConvertAll(inputs, input => input.DType.IsFloatingPoint ? input.AsVariable() : input);
        Tensor[] outputs = new GoldenCall(test, tensors).Run(module, inputs);
        string[] expected = test.Optional("outputs")?.Strings() ?? [test.GetProperty("output").GetString()!];
        Assert.Equal(expected.Length, outputs.Length);
        for (int i = 0; i < outputs.Length; i++)
        {
            tolerance.Check(outputs[i], tensors[expected[i]], $"{name} output {i}");
        }
        CheckGradients(test, tensors, tolerance, module, inputs, outputs);
        foreach (JsonProperty buffer in Entries(test, "buffers_after"))
        {
            tolerance.Check(module.NamedBuffers[buffer.Name].Value, tensors[buffer.Value.GetString()!], $"{name} {buffer.Name} after the call");
        }
    }

    private static IEnumerable<JsonProperty> Entries(JsonElement test, string field) => test.Optional(field)?.EnumerateObject().AsEnumerable() ?? [];

    private static void Load(Module module, JsonElement test, NamedTensors tensors)
    {
        Dictionary<string, Tensor> state = [];
        foreach (JsonProperty parameter in Entries(test, "parameters"))
        {
            state.Add(parameter.Name, tensors[parameter.Value.GetString()!]);
        }
        Assert.Equal(module.NamedParameters.Keys, state.Keys.Order(StringComparer.Ordinal));
        foreach (JsonProperty buffer in Entries(test, "buffers"))
        {
            state.Add(buffer.Name, tensors[buffer.Value.GetString()!]);
        }
        module.LoadState(state, strict: false);
    }

    private static void CheckGradients(JsonElement test, NamedTensors tensors, Tolerance tolerance, Module module, Tensor[] inputs, Tensor[] outputs)
    {
        string?[] cotangents = test.Optional("cotangents") is { } list ? [.. list.EnumerateArray().Select(entry => entry.GetString())]
            : [test.Optional("cotangent")?.GetString()];
        Tensor total = 0.0;
        for (int i = 0; i < outputs.Length; i++)
        {
            total = i < cotangents.Length && cotangents[i] is { } cotangent ? total + (outputs[i] * tensors[cotangent]).Sum() : total;
        }
        List<Tensor> variables = [];
        List<(string Name, string Want)> wanted = [];
        JsonElement[] grads = [.. test.Optional("grads")?.EnumerateArray().AsEnumerable() ?? []];
        for (int i = 0; i < grads.Length; i++)
        {
            if (grads[i].ValueKind != JsonValueKind.Null)
            {
                variables.Add(inputs[i]);
                wanted.Add(($"gradient of input {i}", grads[i].GetString()!));
            }
        }
        foreach (JsonProperty gradient in Entries(test, "parameter_grads"))
        {
            variables.Add(module.NamedParameters[gradient.Name].Value);
            wanted.Add(($"gradient of {gradient.Name}", gradient.Value.GetString()!));
        }
        Tensor[] got = variables.Count == 0 ? [] : Gradient.Of(total, variables.ToArray());
        for (int i = 0; i < got.Length; i++)
        {
            tolerance.Check(got[i], tensors[wanted[i].Want], $"{test.GetProperty("name")} {wanted[i].Name}");
        }
    }

    private readonly record struct Tolerance(double Relative, double Absolute)
    {
        public void Check(Tensor got, Tensor want, string name)
        {
            Assert.Equal(want.Shape, got.Shape);
            Assert.Equal(want.DType, got.DType);
            Close.Assert(got.ToArray<double>(), want.ToArray<double>(), Relative, Absolute, name);
        }
    }
}
