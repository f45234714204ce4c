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

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("weight", "weight", 0)]
    public void Counts_the_edits_between_two_names(string a, string b, int distance) => Assert.Equal(distance, Pyrite.Modules.NearestName.Distance(a, b));

    private sealed class Sequence : Module
    {
        public Linear First { get; } = new(3, 2);

        public Linear Second { get; } = new(2, 2);
    }
}
