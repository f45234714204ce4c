namespace Pyrite.Neural.Tests.Layers;

public sealed class LayerErrorTests
{
    [Fact]
    public void Linear_names_both_shapes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Linear(4, 2).Forward(Tensor.Zeros(3, 5)));
        Assert.Contains("[.., 4] to [.., 2]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[3, 5]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convolutions_name_the_channels_they_take()
    {
        Assert.Contains("[N, 3, H, W]", Assert.Throws<ArgumentException>(() => new Conv2d(3, 8, 3).Forward(Tensor.Zeros(1, 4, 8, 8))).Message,
            StringComparison.Ordinal);
        Assert.Contains("[N, 3, H, W]", Assert.Throws<ArgumentException>(() => new ConvTranspose2d(3, 8, 3).Forward(Tensor.Zeros(3, 8, 8))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_sizes_that_make_no_layer()
    {
        Assert.Throws<ArgumentOutOfRangeException>("inFeatures", () => new Linear(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>("kernelSize", () => new Conv2d(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("outputPadding", () => new ConvTranspose2d(1, 1, 3, stride: 2, outputPadding: 2));
    }
}
