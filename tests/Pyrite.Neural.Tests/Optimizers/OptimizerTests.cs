namespace Pyrite.Neural.Tests.Optimizers;

public sealed class OptimizerTests
{
    [Fact]
    public void Step_needs_parameters()
    {
        Parameter parameter = new(Tensor.Ones(2));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => new Adam().Step(parameter.Value.Sum()));
        Assert.Contains("new Adam(module.Parameters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_refuses_a_loss_that_depends_on_no_parameter()
    {
        Adam adam = new([new Parameter(Tensor.Ones(2))]);
        Assert.Throws<InvalidOperationException>(() => adam.Step(new Parameter(Tensor.Ones(2)).Value.Sum()));
    }

    [Fact]
    public void Update_refuses_a_gradient_of_another_shape_and_changes_nothing()
    {
        Parameter first = new(Tensor.Ones(2));
        Parameter second = new(Tensor.Ones(3));
        Adam adam = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => adam.Update([first, second], [Tensor.Ones(2), Tensor.Ones(2)]));
        Assert.Contains("shape [3]", error.Message, StringComparison.Ordinal);
        Assert.Equal([1f, 1f], first.Value.ToArray<float>());
        Assert.Equal(0, adam.StepCount);
    }

    [Fact]
    public void Update_refuses_a_gradient_of_a_step_that_has_ended_and_changes_nothing()
    {
        Parameter first = new(Tensor.Ones(2));
        Parameter second = new(Tensor.Ones(2));
        Adam adam = new();
        Tensor stale;
        using (StepScope.Begin())
        {
            stale = Tensor.Ones(2);
        }
        Assert.Throws<InvalidOperationException>(() => adam.Update([first, second], [Tensor.Ones(2), stale]));
        Assert.Equal([1f, 1f], first.Value.ToArray<float>());
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays()
    {
        Parameter first = new(Tensor.Ones(2));
        Parameter second = new(Tensor.Ones(3));
        new Adam().Update([first, second], [null, Tensor.Ones(3)]);
        Assert.Equal([1f, 1f], first.Value.ToArray<float>());
        Assert.NotEqual(1f, second.Value.ToArray<float>()[0]);
    }

    [Fact]
    public void A_parameter_seen_later_starts_at_step_one()
    {
        Parameter early = new(Tensor.Ones(1));
        Parameter late = new(Tensor.Ones(1));
        Adam adam = new(0.1);
        adam.Update([early], [Tensor.Ones(1)]);
        adam.Update([early, late], [Tensor.Ones(1), Tensor.Ones(1)]);
        Assert.Equal(0.9f, late.Value.ToArray<float>()[0], 1e-6f);
    }

    [Fact]
    public void Goes_on_exactly_from_an_exported_state()
    {
        Linear straight = new(3, 2);
        Adam whole = new(straight.Parameters, 0.05, amsGrad: true);
        Descend(straight, whole, 6);

        Linear first = new(3, 2);
        Adam before = new(first.Parameters, 0.05, amsGrad: true);
        Descend(first, before, 3);
        OptimizerState state = before.Export(first.NamedParameters);
        Linear second = new(3, 2);
        second.LoadState(first.State());
        Adam after = new(second.Parameters, 0.5, amsGrad: true);
        after.Import(state, second.NamedParameters);
        Descend(second, after, 3);

        Assert.Equal(straight.Weight.Value.ToArray<float>(), second.Weight.Value.ToArray<float>());
        Assert.Equal(6, after.StepCount);
    }

    [Fact]
    public void Refuses_a_state_whose_tensors_do_not_fit()
    {
        Linear layer = new(3, 2);
        Adam adam = new(layer.Parameters);
        Descend(layer, adam, 1);
        OptimizerState state = adam.Export(layer.NamedParameters);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Adam().Import(state, new Linear(4, 2).NamedParameters));
        Assert.Contains("weight/exp_avg", error.Message, StringComparison.Ordinal);
    }

    private static void Descend(Linear layer, Optimizer optimizer, int steps)
    {
        Tensor x = Tensor.From(new float[,] { { 1, 2, 3 }, { -1, 0.5f, 2 } });
        for (int i = 0; i < steps; i++)
        {
            using StepScope scope = StepScope.Begin();
            optimizer.Step(layer.Forward(x).Square().Sum());
        }
    }
}
