using static Pyrite.Primitives;

namespace Pyrite.Extensions.Networks;

public sealed class LayerTests
{
    [Fact]
    public void Its_parameters_have_names_and_starts_that_follow_from_the_seed()
    {
        Sequential network = new(new Gated(2, 3), new Activation(x => x.Tanh()), new Linear(3, 1)), twin = new(new Gated(2, 3), new Linear(3, 1));
        network.SetSeed(7);
        twin.SetSeed(7);

        Assert.Equal(["0.gate.bias", "0.gate.weight", "0.weight", "2.bias", "2.weight"], network.NamedParameters.Keys);
        Assert.Equal([5, 1], network.Forward(Tensor.Ones([5, 2])).Shape);
        Assert.Equal(network.NamedParameters["0.weight"].Value.ToArray<float>(), twin.NamedParameters["0.weight"].Value.ToArray<float>());
        Assert.Equal("Sequential.0.gate.weight", network.NamedParameters["0.gate.weight"].FullName);
    }

    [Fact]
    public void It_learns_inside_a_model_and_its_weights_are_saved()
    {
        Sequential network = new(new Gated(2, 8), new Linear(8, 1));
        Tensor x = RandomKey.FromSeed(1).Normal([200, 2]), y = (x[.., 0] * x[.., 1]).Keep();
        Svi<Tensor> inference = new(Model, _ => { }, new Adam(0.02), new TraceElbo(), seed: 1);
        double first = inference.Step(y);
        for (int step = 0; step < 300; step++)
        {
            inference.Step(y);
        }

        Assert.True(inference.Step(y) < first / 4);
        Sequential copy = new(new Gated(2, 8), new Linear(8, 1));
        copy.LoadState(network.State());
        Assert.Equal(network.Forward(x).ToArray<float>(), copy.Forward(x).ToArray<float>());

        void Model(Tensor outputs)
        {
            Register("network", network);
            using (Plate("rows", outputs.Shape[0]))
            {
                Sample("y", new Normal(network.Forward(x).Squeeze(-1), 0.5), observed: outputs);
            }
        }
    }
}
