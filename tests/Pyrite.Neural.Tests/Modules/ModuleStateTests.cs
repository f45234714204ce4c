using Pyrite.Testing;


namespace Pyrite.Neural.Tests.Modules;

public sealed class ModuleStateTests
{
    [Fact]
    public void A_state_goes_from_one_module_to_another()
    {
        Linear source = new(3, 2);
        Linear target = new(3, 2);
        source.SetSeed(5);
        target.LoadState(source.State());
        Assert.Equal(source.Weight.Value.ToArray<float>(), target.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void A_state_does_not_change_with_the_module_it_came_from()
    {
        Linear source = new(3, 2);
        IReadOnlyDictionary<string, Tensor> state = source.State();
        float[] before = state["bias"].ToArray<float>();
        source.Bias!.Assign(Tensor.Zeros(2));
        Assert.Equal(before, state["bias"].ToArray<float>());
    }

    [Fact]
    public void Lists_missing_unexpected_and_near_names_and_changes_nothing()
    {
        Linear target = new(3, 2);
        float[] before = target.Weight.Value.ToArray<float>();
        ArgumentException error = Assert.Throws<ArgumentException>(() => target.LoadState(new Dictionary<string, Tensor>
        {
            ["weight"] = Tensor.Zeros(2, 3),
            ["biass"] = Tensor.Zeros(2),
        }));
        Assert.Contains("Missing: bias (near: biass)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Unexpected: biass (near: bias)", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void Refuses_wrong_shapes_even_if_not_strict_and_changes_nothing()
    {
        Linear target = new(3, 2);
        float[] before = target.Bias!.Value.ToArray<float>();
        ArgumentException error = Assert.Throws<ArgumentException>(() => target.LoadState(
            new Dictionary<string, Tensor> { ["bias"] = Tensor.Zeros(2), ["weight"] = Tensor.Zeros(3, 2) }, strict: false));
        Assert.Contains("weight has shape [3, 2], the module needs [2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.Bias.Value.ToArray<float>());
    }

    [Fact]
    public void Loads_a_part_if_not_strict()
    {
        Linear target = new(3, 2);
        target.LoadState(new Dictionary<string, Tensor> { ["bias"] = Tensor.Ones(2), ["other"] = Tensor.Ones(1) }, strict: false);
        Assert.Equal([1f, 1f], target.Bias!.Value.ToArray<float>());
    }

    [Fact]
    public void Converts_to_the_precision_of_the_module()
    {
        Linear target = new Linear(3, 2).To(DType.Float64);
        target.LoadState(new Linear(3, 2).State());
        Assert.Equal(DType.Float64, target.Weight.Value.DType);
    }

    [Fact]
    public void Saves_and_loads_by_name()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "saved.safetensors");
        Sequence source = new();
        source.SetSeed(9);
        source.Save(path);
        Sequence target = new();
        target.Load(path);
        Assert.Equal(source.Second.Weight.Value.ToArray<float>(), target.Second.Weight.Value.ToArray<float>());
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => new Linear(3, 2).Load(path));
        Assert.Contains("saved.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains("second.weight", error.Message, StringComparison.Ordinal);
    }

    // The weights of golden/vae/vae_init.safetensors carry PyTorch's own names.
    [Fact]
    public void A_state_dict_of_pytorch_loads_by_name_and_goes_back_bit_for_bit()
    {
        string given = Path.Combine(AppContext.BaseDirectory, "pytorch.safetensors");
        string saved = Path.Combine(AppContext.BaseDirectory, "pytorch-again.safetensors");
        KeyValuePair<string, Tensor>[] weights =
            [.. SafeTensors.Load(GoldenFolder.Path("vae", "vae_init.safetensors"))
                .Where(tensor => tensor.Key.Contains("coder.", StringComparison.Ordinal))];
        SafeTensors.Save(given, weights, [new("format", "pt")]);
        Autoencoder vae = new();
        vae.Load(given);
        vae.Save(saved);
        NamedTensors again = SafeTensors.Load(saved);

        Assert.Equal(18, weights.Length);
        Assert.Equal(weights.Select(weight => weight.Key).Order(StringComparer.Ordinal), again.Keys);
        Assert.All(weights, weight => Assert.Equal(weight.Value.Shape, again[weight.Key].Shape));
        Assert.All(weights, weight => Assert.Equal(weight.Value.ToArray<float>(), again[weight.Key].ToArray<float>()));
    }

    private sealed class Autoencoder : Module
    {
        public Layers Encoder { get; } =
            new(("conv1", new Conv2d(1, 16, 3)), ("conv2", new Conv2d(16, 32, 3)), ("conv3", new Conv2d(32, 32, 3)), ("fc1", new Linear(6272, 32)),
                ("fc21", new Linear(32, 2)), ("fc22", new Linear(32, 2)));

        public Layers Decoder { get; } =
            new(("conv1", new ConvTranspose2d(32, 32, 3)), ("conv2", new Conv2d(32, 1, 3)), ("fc1", new Linear(2, 6272)));
    }

    private sealed class Layers : Module
    {
        public Layers(params ReadOnlySpan<(string Name, Module Layer)> layers)
        {
            foreach ((string name, Module layer) in layers)
            {
                AddModule(name, layer);
            }
        }
    }

    private sealed class Sequence : Module
    {
        public Linear First { get; } = new(3, 2);

        public Linear Second { get; } = new(2, 2);
    }
}
