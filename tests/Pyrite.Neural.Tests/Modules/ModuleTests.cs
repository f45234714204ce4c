namespace Pyrite.Neural.Tests.Modules;

public sealed class ModuleTests
{
    [Fact]
    public void Names_parameters_as_PyTorch_does()
    {
        Network network = new();
        Assert.Equal(
            [
                "blocks.0.bias", "blocks.0.weight", "blocks.1.bias", "blocks.1.weight", "encoder.conv1.bias", "encoder.conv1.weight",
                "encoder.fcLoc.weight", "heads.mean.bias", "heads.mean.weight", "scale",
            ],
            network.NamedParameters.Keys);
        Assert.Equal(network.NamedParameters.Values, network.Parameters);
        Assert.Equal([network.Encoder, .. network.Blocks, network.Heads["mean"]], network.Children);
    }

    [Fact]
    public void Adopts_fields_that_were_set_in_the_constructor_at_the_first_look()
    {
        Late late = new(3);
        Assert.Equal(["inner.bias", "inner.weight"], late.NamedParameters.Keys);
    }

    [Fact]
    public void Lists_what_is_shared_once_under_its_first_name()
    {
        Linear shared = new(2, 2);
        Twice twice = new(shared, new Wrapper(shared));
        Assert.Equal(["first.bias", "first.weight"], twice.NamedParameters.Keys);
    }

    [Fact]
    public void Survives_a_cycle_of_modules()
    {
        Node a = new();
        Node b = new() { Other = a };
        a.Other = b;
        Assert.Equal(["other.scale", "scale"], a.NamedParameters.Keys);
        Assert.Equal(["other.scale", "scale"], b.NamedParameters.Keys);
    }

    [Fact]
    public void Refuses_two_different_members_of_one_name()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Ambiguous().Parameters);
        Assert.Contains("\"layer\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_weights_from_the_seed_and_the_path_alone()
    {
        Network network = new();
        network.SetSeed(7);
        RandomKey key = RandomKey.FromSeed(7).Child("init").Child("encoder.conv1.weight");
        double bound = 1 / Math.Sqrt(9);
        float[] expected = [.. key.Uniform([4, 1, 3, 3]).ToArray<float>().Select(u => ((u * 2) - 1) * (float)bound)];
        Assert.Equal(expected, network.Encoder.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void Draws_a_layer_on_its_own_from_its_bare_name()
    {
        Linear layer = new(4, 2);
        float[] expected =
            [.. RandomKey.FromSeed(0).Child("init").Child("weight").Uniform([2, 4]).ToArray<float>().Select(u => ((u * 2) - 1) * 0.5f)];
        Assert.Equal(expected, layer.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void Keeps_weights_that_were_used_before_the_seed_was_set()
    {
        Network network = new();
        float[] before = network.Encoder.Weight.Value.ToArray<float>();
        network.SetSeed(3);
        Assert.Equal(before, network.Encoder.Weight.Value.ToArray<float>());
        Network other = new();
        other.SetSeed(3);
        Assert.NotEqual(before, other.Encoder.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void Switches_training_and_precision_throughout()
    {
        Network network = new Network().Eval().To(DType.Float64);
        Assert.All(network.Children, child => Assert.False(child.IsTraining));
        Assert.All(network.Parameters, parameter => Assert.Equal(DType.Float64, parameter.Value.DType));
        Assert.True(network.Train().Encoder.IsTraining);
    }

    [Fact]
    public void To_refuses_integers() => Assert.Throws<ArgumentException>(() => new Network().To(DType.Int64));

    [Theory]
    [InlineData("conv1", "conv1")]
    [InlineData("_conv1", "conv1")]
    [InlineData("<Encoder>k__BackingField", "encoder")]
    [InlineData("<inner>P", "inner")]
    [InlineData("<FC1>k__BackingField", "fc1")]
    [InlineData("<MLPHead>k__BackingField", "mlpHead")]
    public void Turns_field_names_into_member_names(string field, string name) => Assert.Equal(name, Pyrite.Modules.ModuleFields.NameOf(field));

    private sealed class Network : Module
    {
        private readonly Parameter scale = new(Tensor.Ones(2));

        public Encoder Encoder { get; } = new();

        public Linear[] Blocks { get; } = [new(2, 3), new(3, 2)];

        public Dictionary<string, Linear> Heads { get; } = new() { ["mean"] = new(2, 1) };

        public Tensor Forward(Tensor x) => x * scale;
    }

    private sealed class Encoder : Module
    {
        private readonly Conv2d conv1 = new(1, 4, kernelSize: 3);
        private readonly Linear _fcLoc = new(4, 2, bias: false);

        public Parameter Weight => conv1.Weight;

        public Tensor Forward(Tensor x) => _fcLoc.Forward(conv1.Forward(x).Flatten(1));
    }

    private sealed class Late : Module
    {
        private readonly Linear inner;

        public Late(int size) => inner = new Linear(size, size);

        public Tensor Forward(Tensor x) => inner.Forward(x);
    }

    private sealed class Wrapper(Linear inner) : Module
    {
        public Tensor Forward(Tensor x) => inner.Forward(x);
    }

    private sealed class Twice(Linear first, Wrapper second) : Module
    {
        public Tensor Forward(Tensor x) => second.Forward(first.Forward(x));
    }

    private sealed class Node : Module
    {
        public Node? Other { get; set; }

        public Parameter Scale { get; } = new(Tensor.Ones(1));
    }

    private abstract class Base : Module
    {
        private readonly Linear layer = new(1, 1);

        public Linear Inner => layer;
    }

    private sealed class Ambiguous : Base
    {
        public Linear Layer { get; set; } = null!;

        public Ambiguous() => Layer = new Linear(2, 2);
    }
}
