using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Layers;

/// <summary>Outputs, gradients and running statistics of every layer against PyTorch.</summary>
public sealed class LayerGoldenTests
{
    private static readonly Dictionary<string, (JsonElement Json, NamedTensors Tensors)> Files = new()
    {
        ["layers_float64"] = (GoldenFolder.Json("neural", "layers_float64.json"), SafeTensors.Load(GoldenFolder.Path("neural", "layers_float64.safetensors"))),
        ["layers_float32"] = (GoldenFolder.Json("neural", "layers_float32.json"), SafeTensors.Load(GoldenFolder.Path("neural", "layers_float32.safetensors"))),
    };

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach ((string file, (JsonElement json, _)) in Files)
        {
            foreach (JsonElement test in json.GetProperty("cases").EnumerateArray())
            {
                cases.Add(file, test.GetProperty("name").GetString()!);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_torch(string file, string name)
    {
        (JsonElement json, NamedTensors tensors) = Files[file];
        JsonElement test = json.GetProperty("cases").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        Tolerance tolerance = new(json.GetProperty("rtol").GetDouble(), json.GetProperty("atol").GetDouble());
        (Module module, Func<Tensor[], Tensor[]> call) = GoldenLayers.Build(test);
        module = module.To(file == "layers_float64" ? DType.Float64 : DType.Float32);
        module = test.GetProperty("training").GetBoolean() ? module.Train() : module.Eval();
        Load(module, test, tensors);

        Tensor[] inputs = [.. test.GetProperty("inputs").Strings().Select(input => tensors[input])];
        inputs = Array.ConvertAll(inputs, input => input.DType.IsFloatingPoint ? input.AsVariable() : input);
        Tensor[] outputs = call(inputs);
        string[] expected = test.GetProperty("outputs").Strings();
        Assert.Equal(expected.Length, outputs.Length);
        for (int i = 0; i < outputs.Length; i++)
        {
            tolerance.Check(outputs[i], tensors[expected[i]], $"{name} output {i}");
        }
        CheckGradients(test, tensors, tolerance, module, inputs, outputs);
        foreach (JsonProperty buffer in test.Optional("buffers_after")?.EnumerateObject().ToArray() ?? [])
        {
            tolerance.Check(module.NamedBuffers[buffer.Name].Value, tensors[buffer.Value.GetString()!], $"{name} {buffer.Name} after the call");
        }
    }

    private static void Load(Module module, JsonElement test, NamedTensors tensors)
    {
        Dictionary<string, Tensor> state = [];
        foreach (JsonProperty parameter in test.GetProperty("parameters").EnumerateObject())
        {
            state.Add(parameter.Name, tensors[parameter.Value.GetString()!]);
        }
        Assert.Equal(module.NamedParameters.Keys, state.Keys.Order(StringComparer.Ordinal));
        foreach (JsonProperty buffer in test.Optional("buffers")?.EnumerateObject().ToArray() ?? [])
        {
            state.Add(buffer.Name, tensors[buffer.Value.GetString()!]);
        }
        module.LoadState(state, strict: false);
    }

    private static void CheckGradients(JsonElement test, NamedTensors tensors, Tolerance tolerance, Module module, Tensor[] inputs, Tensor[] outputs)
    {
        string[] cotangents = test.GetProperty("cotangents").Strings();
        Tensor total = 0.0;
        for (int i = 0; i < outputs.Length; i++)
        {
            total += (outputs[i] * tensors[cotangents[i]]).Sum();
        }
        List<Tensor> variables = [];
        List<(string Name, string Want)> wanted = [];
        JsonElement[] grads = [.. test.GetProperty("grads").EnumerateArray()];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (grads[i].ValueKind != JsonValueKind.Null)
            {
                variables.Add(inputs[i]);
                wanted.Add(($"gradient of input {i}", grads[i].GetString()!));
            }
        }
        foreach (JsonProperty gradient in test.GetProperty("parameter_grads").EnumerateObject())
        {
            variables.Add(module.NamedParameters[gradient.Name].Value);
            wanted.Add(($"gradient of {gradient.Name}", gradient.Value.GetString()!));
        }
        Tensor[] got = Gradient.Of(total, variables.ToArray());
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
