using Pyrite.Kernels.Convolution;

namespace Pyrite.Kernels;

public sealed unsafe class ImageSumTests
{
    [Theory]
    [InlineData(5, 7, 16, 0)]
    [InlineData(4, 4, 32, 1)]
    [InlineData(1, 3, 48, 2)]
    [InlineData(6, 5, 3, 0)]
    public void Adds_the_pixels_of_an_image_and_leaves_its_margin_out(int height, int width, int channels, int margin)
    {
        ImageLayout frame = new(height, width, channels, margin);
        double[] image = new double[frame.Image];
        Array.Fill(image, double.NaN);
        double[] expected = new double[channels];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    double value = (y * 100) + (x * 10) + c;
                    image[frame.Origin + (y * frame.Pitch) + (x * channels) + c] = value;
                    expected[c] += value;
                }
            }
        }
        double[] sums = new double[channels];

        fixed (double* from = image, to = sums)
        {
            ImageSum.Run(frame, from, to);
        }

        Assert.Equal(expected, sums);
    }

    [Fact]
    public void A_margin_that_is_too_narrow_for_the_kernel_is_refused()
    {
        ConvolutionShape shape = ConvolutionShape.Forward(1, 16, 8, 8, 16, 5, 5, 1, 2);

        Assert.Equal(2, ConvolutionMargin.OfSource(shape, gradient: false));
        Assert.Throws<ArgumentException>(() => new DirectConvolution<float>(shape, gradient: false, 1, sourceMargin: 1));
        Assert.Throws<ArgumentException>(() => new ConvolutionWeightGradient<float>(shape, inMargin: 1));
    }
}
