using Pyrite.Testing;


namespace Pyrite.Neural.Tests.Layers;

public sealed class DropoutTests
{
    [Fact]
    public void Drops_the_given_share_and_keeps_the_mean()
    {
        float[] result = new Dropout(0.3).Forward(Tensor.Ones(40_000)).ToArray<float>();
        Assert.All(result, value => Assert.True(value == 0 || Math.Abs(value - (1 / 0.7f)) < 1e-6f));
        StatisticalAssert.ChiSquare([result.Count(value => value == 0), result.Count(value => value != 0)], [0.3, 0.7], 1e-6);
    }

    [Fact]
    public void Does_nothing_in_evaluation()
    {
        Tensor x = Tensor.Ones(10);
        Assert.Same(x, new Dropout(0.9).Eval().Forward(x));
    }

    [Fact]
    public void Drops_everything_at_probability_one() =>
        Assert.All(new Dropout(1).Forward(Tensor.Ones(10)).ToArray<float>(), value => Assert.Equal(0, value));

    [Fact]
    public void Gradients_pass_where_elements_were_kept()
    {
        Dropout dropout = new(0.5);
        Tensor x = Tensor.Ones(100).AsVariable();
        Tensor y = dropout.Forward(x);
        Assert.Equal(y.ToArray<float>(), Gradient.Of(y.Sum(), [x])[0].ToArray<float>());
    }

    [Fact]
    public void Calls_differ_and_reruns_repeat()
    {
        Tensor x = Tensor.Ones(100);
        Dropout first = new(0.5);
        Dropout again = new(0.5);
        float[] one = first.Forward(x).ToArray<float>();
        float[] two = first.Forward(x).ToArray<float>();
        Assert.NotEqual(one, two);
        Assert.Equal(one, again.Forward(x).ToArray<float>());
        Assert.Equal(two, again.Forward(x).ToArray<float>());
    }

    [Fact]
    public void In_a_scope_draws_depend_on_its_key_alone()
    {
        Tensor x = Tensor.Ones(100);
        Pair fresh = new();
        Pair used = new();
        used.Forward(x);
        RandomKey key = RandomKey.FromSeed(11);
        float[] one;
        using (LayerRandomness.Use(key))
        {
            one = fresh.Forward(x).ToArray<float>();
        }
        using (LayerRandomness.Use(key))
        {
            Assert.Equal(one, used.Forward(x).ToArray<float>());
        }
        using (LayerRandomness.Use(key.Child(1)))
        {
            Assert.NotEqual(one, used.Forward(x).ToArray<float>());
        }
    }

    [Fact]
    public void Two_layers_draw_independently()
    {
        Pair pair = new();
        using LayerRandomness.Scope scope = LayerRandomness.Use(RandomKey.FromSeed(2));
        Assert.NotEqual(pair.A.Forward(Tensor.Ones(100)).ToArray<float>(), pair.B.Forward(Tensor.Ones(100)).ToArray<float>());
    }

    [Fact]
    public void Refuses_probabilities_outside_of_0_and_1() => Assert.Throws<ArgumentOutOfRangeException>("probability", () => new Dropout(1.1));

    private sealed class Pair : Module
    {
        public Dropout A { get; } = new(0.5);

        public Dropout B { get; } = new(0.5);

        public Tensor Forward(Tensor x) => B.Forward(A.Forward(x) + 1);
    }
}
