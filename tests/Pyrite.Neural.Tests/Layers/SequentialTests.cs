namespace Pyrite.Neural.Tests.Layers;

public sealed class SequentialTests
{
    [Fact]
    public void Applies_its_layers_in_order_and_numbers_them()
    {
        Sequential network = new(new Linear(2, 3), new Activation(x => x.Relu()), new Linear(3, 1));
        Assert.Equal(["0.bias", "0.weight", "2.bias", "2.weight"], network.NamedParameters.Keys);
        Tensor x = Tensor.From(new float[,] { { 1, -2 } });
        float[] expected = network[2].Forward(network[0].Forward(x).Relu()).ToArray<float>();
        Assert.Equal(expected, network.Forward(x).ToArray<float>());
        Assert.Equal(3, network.Count);
    }

    [Fact]
    public void Keeps_more_than_ten_layers_in_order()
    {
        Sequential network = new([.. Enumerable.Range(0, 12).Select(i => new Activation(x => (x * 2) + i))]);
        double expected = Enumerable.Range(0, 12).Aggregate(1.0, (x, i) => (x * 2) + i);
        Assert.Equal(expected, network.Forward(1.0).Item());
    }

    [Fact]
    public void A_network_has_the_names_of_a_sequence()
    {
        Mlp network = new([5, 7, 3], x => x.Tanh());
        Assert.Equal(["0.bias", "0.weight", "2.bias", "2.weight"], network.NamedParameters.Keys);
        Assert.Equal([4, 3], network.Forward(Tensor.Ones(4, 5)).Shape.Sizes.ToArray());
    }

    [Fact]
    public void Refuses_to_be_empty()
    {
        Assert.Throws<ArgumentException>("layers", () => new Sequential());
        Assert.Throws<ArgumentException>("sizes", () => new Mlp([3]));
    }
}
