using Pyrite.Testing;


namespace Pyrite.Neural.Tests.Layers;

public sealed class ConvolutionTests
{
    private static readonly Tensor Volumes = RandomKey.FromSeed(1).Normal([2, 3, 4, 5, 6], DType.Float64).Keep();

    [Fact]
    public void Conv3d_equals_a_plain_loop()
    {
        Conv3d layer = new Conv3d(3, 2, kernelSize: 2, stride: 2, padding: 1).To(DType.Float64);
        Tensor result = layer.Forward(Volumes);
        Assert.Equal([2, 2, 3, 3, 4], result.Shape.Sizes.ToArray());
        Close.Assert(result.ToArray<double>(), PlainConv3d(layer, 2, 1, [2, 2, 3, 3, 4]), 1e-12, 1e-12, "conv3d");
    }

    [Fact]
    public void ConvTranspose3d_is_the_adjoint_of_Conv3d()
    {
        Conv3d forward = new Conv3d(3, 2, kernelSize: 3, stride: 2, padding: 1, bias: false).To(DType.Float64);
        ConvTranspose3d back = new ConvTranspose3d(2, 3, kernelSize: 3, stride: 2, padding: 1, bias: false).To(DType.Float64);
        back.Weight.Assign(forward.Weight.Value.Detach());
        Tensor x = Volumes.Slice(2, 0, 3).Slice(4, 0, 5);                 // odd sizes are met again without output padding
        Tensor y = forward.Forward(x);
        Tensor cotangent = RandomKey.FromSeed(2).Normal(y.Shape, DType.Float64);
        Assert.Equal((y * cotangent).Sum().Item(), (x * back.Forward(cotangent)).Sum().Item(), 1e-10);
    }

    [Fact]
    public void Groups_do_not_mix()
    {
        Conv2d layer = new(4, 6, kernelSize: (3, 1), padding: (1, 0), groups: 2);
        Tensor x = RandomKey.FromSeed(3).Normal([1, 4, 5, 5]);
        Tensor changed = Tensor.Concat([x.Slice(1, 0, 2), x.Slice(1, 2, 2) + 1.0], 1);
        Assert.Equal(layer.Forward(x).Slice(1, 0, 3).ToArray<float>(), layer.Forward(changed).Slice(1, 0, 3).ToArray<float>());
        Assert.NotEqual(layer.Forward(x).Slice(1, 3, 3).ToArray<float>(), layer.Forward(changed).Slice(1, 3, 3).ToArray<float>());
        Assert.Equal([6, 2, 3, 1], layer.Weight.Shape.Sizes.ToArray());
    }

    [Fact]
    public void Refuses_channels_and_groups_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>("groups", () => new Conv2d(4, 6, 3, groups: 3));
        Assert.Contains("[N, 3, L]", Assert.Throws<ArgumentException>(() => new Conv1d(3, 2, 3).Forward(Tensor.Ones(2, 4, 9))).Message,
            StringComparison.Ordinal);
        Assert.Contains("[N, 3, D, H, W]", Assert.Throws<ArgumentException>(() => new Conv3d(3, 2, 3).Forward(Tensor.Ones(2, 3, 9, 9))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("stride", () => new ConvTranspose1d(1, 1, 3, stride: 0));
    }

    private static double[] PlainConv3d(Conv3d layer, int stride, int padding, int[] shape)
    {
        double[] x = Volumes.ToArray<double>();
        double[] w = layer.Weight.Value.ToArray<double>();
        double[] b = layer.Bias!.Value.ToArray<double>();
        double[] y = new double[shape.Aggregate(1, (a, c) => a * c)];
        for (int i = 0; i < y.Length; i++)
        {
            int[] at = new int[5];
            for (int axis = 4, rest = i; axis >= 0; rest /= shape[axis], axis--)
            {
                at[axis] = rest % shape[axis];
            }
            double sum = b[at[1]];
            for (int tap = 0; tap < 3 * 8; tap++)
            {
                (int channel, int d, int h, int v) =
                    (tap / 8, (at[2] * stride) - padding + (tap / 4 % 2), (at[3] * stride) - padding + (tap / 2 % 2),
                        (at[4] * stride) - padding + (tap % 2));
                if (d is >= 0 and < 4 && h is >= 0 and < 5 && v is >= 0 and < 6)
                {
                    sum += w[(at[1] * 24) + tap] * x[((((at[0] * 3) + channel) * 4 + d) * 5 + h) * 6 + v];
                }
            }
            y[i] = sum;
        }
        return y;
    }
}
