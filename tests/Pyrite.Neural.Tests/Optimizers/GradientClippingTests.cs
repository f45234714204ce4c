namespace Pyrite.Neural.Tests.Optimizers;

public sealed class GradientClippingTests
{
    [Fact]
    public void Scales_all_gradients_by_their_common_norm()
    {
        Parameter a = new(Tensor.Zeros(1));
        Parameter b = new(Tensor.Zeros(1));
        new Sgd(1) { Clipping = GradientClipping.ByNorm(1) }.Update([a, b], [Tensor.From([3f]), Tensor.From([4f])]);
        Assert.Equal(-0.6f, a.Value.ToArray<float>()[0], 1e-5f);
        Assert.Equal(-0.8f, b.Value.ToArray<float>()[0], 1e-5f);
    }

    [Fact]
    public void Leaves_small_gradients_as_they_are()
    {
        Parameter a = new(Tensor.Zeros(1));
        new Sgd(1) { Clipping = GradientClipping.ByNorm(1) }.Update([a], [Tensor.From([0.5f])]);
        Assert.Equal(-0.5f, a.Value.ToArray<float>()[0]);
    }

    [Fact]
    public void Clamps_entries()
    {
        Parameter a = new(Tensor.Zeros(3));
        new Sgd(1) { Clipping = GradientClipping.ByValue(0.25) }.Update([a], [Tensor.From([3f, -0.1f, -7f])]);
        Assert.Equal([-0.25f, 0.1f, 0.25f], a.Value.ToArray<float>());
    }

    [Fact]
    public void Refuses_limits_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => GradientClipping.ByNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => GradientClipping.ByValue(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => GradientClipping.ByNorm(1, 0.5));
    }
}
