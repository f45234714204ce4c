using Pyrite.Testing;

namespace Pyrite.Tests;

public sealed class GradientTests
{
    [Fact]
    public void An_unused_variable_has_a_zero_gradient()
    {
        Tensor x = Tensor.From([1.0, 2]).AsVariable();
        Tensor unused = Tensor.Ones([3], DType.Float64).AsVariable();
        Tensor[] gradients = Gradient.Of(x.Square().Sum(), [x, unused]);
        Assert.Equal([2, 4], gradients[0].ToArray<double>());
        Assert.Equal([0, 0, 0], gradients[1].ToArray<double>());
        Assert.Equal(DType.Float64, gradients[1].DType);
        Assert.Null(Gradient.OrNull(x.Sum(), [x, unused])[1]);
        Assert.Equal([0, 0], Gradient.Of((Tensor)Tensor.Ones([1], DType.Float64), [x])[0].ToArray<double>());
    }

    [Fact]
    public void Results_in_between_have_gradients_and_pass_them_on()
    {
        Tensor x = Tensor.From([1.0, 2]).AsVariable();
        Tensor middle = x.Square();
        Tensor output = (middle * middle).Sum() + x.Sum();
        Tensor[] gradients = Gradient.Of(output, [middle, x, x, output]);
        Assert.Equal([2, 8], gradients[0].ToArray<double>());
        Assert.Equal([5, 33], gradients[1].ToArray<double>());
        Assert.Equal(gradients[1].ToArray<double>(), gradients[2].ToArray<double>());
        Assert.Equal([1], gradients[3].ToArray<double>());
    }

    [Fact]
    public void A_cotangent_weighs_the_outputs_and_takes_their_type()
    {
        Tensor x = Tensor.From([1f, 2]).AsVariable();
        Tensor gradient = Gradient.Of(x.Square(), [x], cotangent: Tensor.From([10.0, 100]))[0];
        Assert.Equal(DType.Float32, gradient.DType);
        Assert.Equal([20, 400], gradient.ToArray<double>());
    }

    [Fact]
    public void Wrong_calls_are_explained()
    {
        Tensor x = Tensor.From([1.0, 2]).AsVariable();
        RearrangementTests.AssertMessage<ArgumentException>(() => Gradient.Of(x.Square(), [x]), "[2]", "cotangent");
        RearrangementTests.AssertMessage<ArgumentException>(() => Gradient.Of(x.Square(), [x], Tensor.Ones(3)), "[3]", "[2]");
        RearrangementTests.AssertMessage<ArgumentException>(() => Gradient.Of(x.Sum(), [Tensor.Ones(2)]), "AsVariable()");
        RearrangementTests.AssertMessage<InvalidOperationException>(() => Tensor.From([1L]).AsVariable(), "Int64");
    }

    [Fact]
    public void Gradients_are_differentiable_only_where_asked()
    {
        Tensor x = Tensor.From([3.0]).AsVariable();
        Tensor first = Gradient.Of(x.Pow(3).Sum(), [x], createGraph: true)[0];
        Assert.Equal([18], Gradient.Of(first.Sum(), [x])[0].ToArray<double>());
        Assert.False(Gradient.Of(x.Pow(3).Sum(), [x])[0].RequiresGradient);
    }

    [Fact]
    public void Derivatives_of_functions_nest()
    {
        Tensor x = Tensor.From([0.3, 0.7]);
        Tensor third = Gradient.Of(a => Gradient.Of(b => Gradient.Of(c => c.Sin().Sum(), b).Sum(), a).Sum(), x);
        Close.Assert(third.ToArray<double>(), [-Math.Cos(0.3), -Math.Cos(0.7)], 1e-14, 0, "third derivative of sin");
        (Tensor value, Tensor gradient) = Gradient.WithValue(a => a.Square().Sum(), x);
        Assert.Equal(0.58, value.Item(), 12);
        Assert.Equal([0.6, 1.4], gradient.ToArray<double>());
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_operations_needs_no_deep_stack()
    {
        Tensor x = Tensor.From([1.0]).AsVariable();
        Tensor y = x;
        for (int i = 0; i < 100_000; i++)
        {
            y += 1e-6;
        }
        Assert.Equal([1], Gradient.Of(y.Sum(), [x])[0].ToArray<double>());
    }

    [Fact]
    public void A_variable_used_many_times_adds_up()
    {
        Tensor x = Tensor.From([2.0]).AsVariable();
        Tensor y = 0.0;
        for (int i = 1; i <= 10; i++)
        {
            y += i * x * x;
        }
        Assert.Equal([220], Gradient.Of(y.Sum(), [x])[0].ToArray<double>());
    }

    [Fact]
    public void Detached_values_and_no_gradient_scopes_cut_the_graph()
    {
        Tensor x = Tensor.From([2.0]).AsVariable();
        Assert.Equal([4], Gradient.Of((x.Square().Detach() * x).Sum(), [x])[0].ToArray<double>());
        using (NoGradient.Begin())
        {
            using (NoGradient.Begin())
            {
                Assert.False(x.Square().RequiresGradient);
            }
            Assert.False(x.Square().RequiresGradient);
        }
        Assert.True(x.Square().RequiresGradient);
    }

    [Fact]
    public void A_no_gradient_scope_ends_when_its_code_throws()
    {
        Tensor x = Tensor.From([2.0]).AsVariable();
        Assert.Throws<ArgumentException>(() =>
        {
            using NoGradient.Scope scope = NoGradient.Begin();
            x.Reshape(5);
        });
        Assert.True(x.Square().RequiresGradient);
    }
}
