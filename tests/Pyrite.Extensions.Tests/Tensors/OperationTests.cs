using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Extensions.Tensors;

public sealed class OperationTests
{
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void It_computes_in_the_precision_of_its_input(DType type)
    {
        Tensor y = Tensor.Apply(new MovingSum(2), Tensor.From([1.0, 2, 4, 8, 16, 32]).Reshape(2, 3).To(type));

        Assert.Equal(type, y.DType);
        Assert.Equal([2, 2], y.Shape);
        Assert.Equal([3.0, 6, 24, 48], y.ToArray<double>());
        Assert.Equal(DType.Float32, Tensor.Apply(new MovingSum(1), Tensor.From([1L, 2])).DType);
    }

    [Fact]
    public void Gradients_are_those_of_differences_twice() => DerivativeCheck.FirstAndSecond(
        points => Tensor.Apply(new MovingSum(3), points[0]).Exp(), RandomKey.FromSeed(1).Normal([2, 6], DType.Float64));

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_before_anything_runs() =>
        Assert.Throws<ArgumentException>(() => Tensor.Apply(new MovingSum(3), Tensor.Ones([2])));

    [Fact]
    public void Recorded_steps_tell_attributes_apart_and_keep_the_bits()
    {
        Tensor x = RandomKey.FromSeed(2).Normal([40]);
        double[] expected = [.. Enumerable.Range(1, 3).Select(width => Tensor.Apply(new MovingSum(width), x).Square().Sum().Item())];
        for (int step = 0; step < 90; step++)
        {
            using StepScope scope = StepScope.Begin();
            int width = 1 + (step / 10 % 3);
            Assert.Equal(expected[width - 1], Tensor.Apply(new MovingSum(width), x).Square().Sum().Item());
        }
    }

    [Fact]
    public void What_a_mask_leaves_out_spoils_no_gradient()
    {
        Tensor x = Tensor.From([1.0, double.NaN, 3.0, 4.0]).Reshape(2, 2).AsVariable();
        Distribution sums = new Normal(Tensor.Apply(new MovingSum(2), x).Squeeze(-1), 1, validate: false);
        Tensor score = sums.Mask(Tensor.From([false, true])).LogProb(0).Sum();

        Assert.Equal([0.0, 0, -7, -7], Gradient.Of(score, [x])[0].ToArray<double>());
    }

    [Fact]
    public void A_plan_names_it()
    {
        ExecutionPlan plan = Inspect.Plan(Model);

        Assert.Contains(plan.Segments.SelectMany(segment => segment.Parts), part => part.Operations.Contains("moving sum"));
        Assert.InRange(Mcmc.Run(Model, chains: 1, warmup: 150, draws: 300, seed: 2)["walk"].Mean().Item(), -0.5, 0.5);
    }

    private static void Model()
    {
        Tensor walk = Sample("walk", new Normal(Tensor.Zeros([5]), 1).ToEvent(1));
        Factor("smooth", -Tensor.Apply(new MovingSum(2), walk).Square().Sum());
    }
}
