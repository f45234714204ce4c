using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Testing;

namespace Pyrite.Tests;

public sealed class ConvolutionTests
{
    public static TheoryData<int, int, int> Settings => new()
    {
        { 1, 0, 1 }, { 1, 1, 1 }, { 2, 1, 1 }, { 3, 2, 1 }, { 1, 2, 2 }, { 2, 2, 2 }, { 2, 0, 1 },
    };

    [Theory, MemberData(nameof(Settings))]
    public void Convolutions_match_plain_loops_with_gradients(int stride, int padding, int dilation)
    {
        foreach ((int channels, int outputs) in ((int, int)[])[(1, 1), (3, 2), (1, 4), (5, 1)])
        {
            Tensor x = ElementwiseTests.Points([2, channels, 6, 7], -1, 1);
            Tensor weight = ElementwiseTests.Points([outputs, channels, 3, 2], -1, 1);
            Tensor bias = ElementwiseTests.Points([outputs], -1, 1);
            Tensor y = x.Conv2d(weight, bias, stride, padding, dilation);
            double[] want = Plain(x, weight, bias, y.Shape, stride, padding, dilation);
            Close.Assert(y.ToArray<double>(), want, 1e-13, 1e-13, "conv2d");
            Tensor single = x.To(DType.Float32).Conv2d(weight.To(DType.Float32), bias.To(DType.Float32), stride, padding, dilation);
            Close.Assert(single.ToArray<double>(), want, 1e-5, 1e-5, "conv2d in Float32");
            DerivativeCheck.FirstAndSecond(v => v[0].Conv2d(v[1], v[2], stride, padding, dilation), x, weight, bias);
        }
    }

    [Theory, InlineData(1, 0, 0, 1), InlineData(2, 1, 1, 1), InlineData(2, 0, 0, 1), InlineData(3, 1, 2, 1), InlineData(2, 1, 0, 2)]
    public void Transposed_convolutions_are_the_transpose_of_convolutions(int stride, int padding, int outputPadding, int dilation)
    {
        Tensor x = ElementwiseTests.Points([2, 3, 4, 5], -1, 1);
        Tensor weight = ElementwiseTests.Points([3, 2, 3, 3], -1, 1);
        Tensor bias = ElementwiseTests.Points([2], -1, 1);
        Tensor y = x.ConvTranspose2d(weight, null, stride, padding, outputPadding, dilation);
        Tensor probe = RandomKey.FromSeed(8).Normal(y.Shape, DType.Float64);
        Tensor forward = probe.Conv2d(weight, null, stride, padding, dilation);
        Assert.Equal(x.Shape, forward.Shape);
        Assert.Equal((forward * x).Sum().Item(), (y * probe).Sum().Item(), 10);
        DerivativeCheck.FirstAndSecond(v => v[0].ConvTranspose2d(v[1], v[2], stride, padding, outputPadding, dilation), x, weight, bias);
    }

    [Fact]
    public void The_layout_of_the_input_does_not_matter()
    {
        Tensor x = ElementwiseTests.Points([2, 3, 5, 5], -1, 1);
        Tensor weight = ElementwiseTests.Points([4, 3, 3, 3], -1, 1);
        Assert.Equal(x.Conv2d(weight).ToArray<double>(), x.In(Layout.ChannelsLast).Conv2d(weight).ToArray<double>());
        Assert.Equal(Layout.ChannelsLast, x.Conv2d(weight).Layout);
    }

    [Fact]
    public void No_images_give_no_images()
    {
        Tensor none = Tensor.Zeros(0, 3, 5, 5).AsVariable();
        Tensor weight = Tensor.Ones(4, 3, 3, 3).AsVariable();
        Tensor y = none.Conv2d(weight);
        Assert.Equal([0, 4, 3, 3], y.Shape);
        Tensor[] gradients = Gradient.Of(y.Sum(), [none, weight]);
        Assert.Equal([0, 3, 5, 5], gradients[0].Shape);
        Assert.All(gradients[1].ToArray<double>(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => Tensor.Ones(1, 3, 5, 5).Conv2d(Tensor.Ones(4, 2, 3, 3))).Message);
        Assert.Contains("[1, C, H, W]", Assert.Throws<ArgumentException>(() => Tensor.Ones(3, 5, 5).Conv2d(Tensor.Ones(4, 3, 3, 3))).Message);
        Assert.Contains("0 x 0 pixels", Assert.Throws<ArgumentException>(() => Tensor.Ones(1, 1, 2, 2).Conv2d(Tensor.Ones(1, 1, 3, 3))).Message);
        Assert.Contains("bias",
            Assert.Throws<ArgumentException>(() => Tensor.Ones(1, 1, 3, 3).Conv2d(Tensor.Ones(2, 1, 3, 3), Tensor.Ones(3))).Message);
        Assert.Contains("output padding",
            Assert.Throws<ArgumentException>(() => Tensor.Ones(1, 1, 3, 3).ConvTranspose2d(Tensor.Ones(1, 2, 3, 3), outputPadding: 1)).Message);
        Assert.Contains("stride 0",
            Assert.Throws<ArgumentException>(() => Tensor.Ones(1, 1, 3, 3).Conv2d(Tensor.Ones(1, 1, 3, 3), stride: 0)).Message);
    }

    private static double[] Plain(Tensor x, Tensor weight, Tensor bias, Shape shape, int stride, int padding, int dilation)
    {
        double[] images = x.ToArray<double>();
        double[] kernel = weight.ToArray<double>();
        double[] offsets = bias.ToArray<double>();
        double[] result = new double[shape.Count];
        for (int i = 0; i < result.Length; i++)
        {
            int column = i % shape[3];
            int row = i / shape[3] % shape[2];
            int output = i / shape[3] / shape[2] % shape[1];
            int image = i / shape[3] / shape[2] / shape[1];
            double sum = offsets[output];
            for (int tap = 0; tap < weight.Shape[1] * weight.Shape[2] * weight.Shape[3]; tap++)
            {
                int kernelColumn = tap % weight.Shape[3];
                int kernelRow = tap / weight.Shape[3] % weight.Shape[2];
                int channel = tap / weight.Shape[3] / weight.Shape[2];
                int y = (row * stride) - padding + (kernelRow * dilation);
                int z = (column * stride) - padding + (kernelColumn * dilation);
                if (y >= 0 && y < x.Shape[2] && z >= 0 && z < x.Shape[3])
                {
                    sum += images[(((((image * x.Shape[1]) + channel) * x.Shape[2]) + y) * x.Shape[3]) + z]
                        * kernel[(output * weight.Shape[1] * weight.Shape[2] * weight.Shape[3]) + tap];
                }
            }
            result[i] = sum;
        }
        return result;
    }
}
