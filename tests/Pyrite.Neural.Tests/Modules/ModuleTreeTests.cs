namespace Pyrite.Neural.Tests.Modules;

public sealed class ModuleTreeTests
{
    [Fact]
    public void A_network_prints_its_tree_with_shapes_and_counts()
    {
        Network network = new();

        Assert.Equal(
            """
            Network                  77,361  scale [1]
            ├─ encoder: Encoder         352
            │  ├─ conv1: Conv2d         320  weight [32, 1, 3, 3], bias [32]
            │  └─ norm: BatchNorm2d      32  weight [16], bias [16], (running_mean [16]), (running_var [16]), (num_batches_tracked [])
            └─ head: Sequential      77,008
               ├─ 0: Linear          76,800  weight [300, 255], bias [300]
               ├─ 1: Activation
               └─ 2: Linear             208  weight [16, 12], bias [16]
            77,361 parameters
            """, network.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void No_weight_is_drawn_to_print_it()
    {
        Linear layer = new(3, 2);

        Assert.Equal("Linear  8  weight [2, 3], bias [2]\n8 parameters", layer.ToString());
        Assert.False(layer.Weight.IsMaterialized);
    }

    [Fact]
    public void What_is_shared_is_counted_once_and_what_is_frozen_is_told()
    {
        Linear shared = new(2, 2);
        Twice twice = new(shared);
        shared.Frozen();

        Assert.Equal(
            """
            Twice                6
            ├─ first: Linear     6  weight [2, 2], bias [2]
            └─ second: Wrapper
               └─ inner: Linear     as above
            6 parameters, 6 of them frozen
            """, twice.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_module_without_parameters_says_so() => Assert.Equal("Empty\n0 parameters", new Empty().ToString());

    private sealed class Network : Module
    {
        public Encoder Encoder { get; } = new();

        public Sequential Head { get; } = new(new Linear(255, 300), new Activation(x => x.Relu()), new Linear(12, 16));

        public Parameter Scale { get; } = new(Tensor.From([1f]));
    }

    private sealed class Encoder : Module
    {
        public Conv2d Conv1 { get; } = new(1, 32, 3);

        public BatchNorm2d Norm { get; } = new(16);
    }

    private sealed class Twice(Linear shared) : Module
    {
        public Linear First { get; } = shared;

        public Wrapper Second { get; } = new(shared);
    }

    private sealed class Wrapper(Linear shared) : Module
    {
        public Linear Inner { get; } = shared;
    }

    private sealed class Empty : Module;
}
