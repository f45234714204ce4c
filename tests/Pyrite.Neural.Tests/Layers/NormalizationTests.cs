using Pyrite.Testing;



namespace Pyrite.Neural.Tests.Layers;

public sealed class NormalizationTests
{
    private static readonly Tensor Images = RandomKey.FromSeed(3).Normal([4, 6, 3, 5], DType.Float64).Keep();

    [Fact]
    public void InstanceNorm_is_GroupNorm_with_a_group_for_each_channel()
    {
        Tensor expected = new GroupNorm(6, 6).To(DType.Float64).Forward(Images);
        Close.Assert(new InstanceNorm(6).Forward(Images).ToArray<double>(), expected.ToArray<double>(), 1e-12, 1e-12, "instance norm");
    }

    [Fact]
    public void BatchNorm3d_is_BatchNorm2d_of_flattened_depth()
    {
        BatchNorm3d three = new BatchNorm3d(6).To(DType.Float64);
        BatchNorm2d two = new BatchNorm2d(6).To(DType.Float64);
        Tensor result = three.Forward(Images.Reshape(4, 6, 1, 3, 5));
        Close.Assert(result.ToArray<double>(), two.Forward(Images).ToArray<double>(), 1e-12, 1e-12, "batch norm");
        Assert.Equal(two.RunningVariance.Value.ToArray<double>(), three.RunningVariance.Value.ToArray<double>());
    }

    [Fact]
    public void Without_momentum_running_statistics_are_means_over_batches()
    {
        BatchNorm1d norm = new BatchNorm1d(1, momentum: null).To(DType.Float64);
        foreach (double start in new[] { 0.0, 4, 8 })
        {
            norm.Forward(Tensor.From([start, start + 2]).Reshape(2, 1));
        }
        Assert.Equal(5, norm.RunningMean.Value.ToArray<double>()[0], 1e-12);
        Assert.Equal(2, norm.RunningVariance.Value.ToArray<double>()[0], 1e-12);
        Assert.Equal(3, norm.NamedBuffers["num_batches_tracked"].Value.Item());
    }

    [Fact]
    public void Running_statistics_outlive_a_step_scope_and_leave_evaluation_alone()
    {
        BatchNorm2d norm = new BatchNorm2d(6).To(DType.Float64);
        using (StepScope.Begin())
        {
            norm.Forward(Images);
        }
        double[] before = norm.RunningMean.Value.ToArray<double>();
        norm.Eval().Forward(Images);
        Assert.Equal(before, norm.RunningMean.Value.ToArray<double>());
        Assert.NotEqual(0, before[0]);
    }

    [Fact]
    public void BatchNorm_refuses_a_single_value_and_other_channels()
    {
        Assert.Contains("more than one value", Assert.Throws<ArgumentException>(() => new BatchNorm1d(3).Forward(Tensor.Ones(1, 3))).Message,
            StringComparison.Ordinal);
        Assert.Contains("[N, 3, H, W]", Assert.Throws<ArgumentException>(() => new BatchNorm2d(3).Forward(Tensor.Ones(2, 4, 5, 5))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void LayerNorm_names_the_axes_it_takes() =>
        Assert.Contains("[.., 4, 5]", Assert.Throws<ArgumentException>(() => new LayerNorm([4, 5]).Forward(Tensor.Ones(4, 6))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void GroupNorm_refuses_groups_that_do_not_divide() => Assert.Throws<ArgumentException>("groups", () => new GroupNorm(4, 6));
}
