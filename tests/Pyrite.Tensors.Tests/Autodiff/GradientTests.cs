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
    public void Many_variables_and_inner_results_are_found_in_one_sweep()
    {
        Tensor[] variables = [.. Enumerable.Range(1, 40).Select(i => Tensor.From([(double)i]).AsVariable())];
        Tensor[] squares = [.. variables.Select(variable => variable.Square())];
        Tensor output = Tensor.Concat(squares).Sum();
        Tensor[] gradients = Gradient.Of(output, [.. variables, .. squares, variables[3]]);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal([2.0 * (i + 1)], gradients[i].ToArray<double>());
            Assert.Equal([1.0], gradients[40 + i].ToArray<double>());
        }
        Assert.Equal([8.0], gradients[80].ToArray<double>());
    }

    [Fact]
    public void Two_threads_may_sweep_over_one_graph_at_once()
    {
        Tensor x = Tensor.From([1.5]).AsVariable();
        Tensor y = x;
        for (int i = 0; i < 300; i++)
        {
            y = (y.Sin() + x) * 0.9;
        }
        Tensor output = y.Sum();
        double want = Gradient.Of(output, [x])[0].Item();
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                Interlocked.Add(ref wrong, Gradient.Of(output, [x])[0].Item() == want ? 0 : 1);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_rule_that_throws_leaves_the_graph_usable()
    {
        Tensor x = Tensor.From([1.0]).AsVariable();
        bool fails = true;
        Tensor y = CustomGradient.Apply(v => v[0].Exp(), (v, _, upstream) => fails ? throw new InvalidDataException() : [upstream * v[0].Exp()], x);
        Tensor output = (y * 2.0).Sum();
        Assert.Throws<InvalidDataException>(() => Gradient.Of(output, [x]));
        fails = false;
        Assert.Equal(2 * Math.E, Gradient.Of(output, [x])[0].Item(), 12);
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
