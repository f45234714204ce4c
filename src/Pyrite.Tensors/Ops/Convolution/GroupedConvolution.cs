using Pyrite.Kernels.Convolution;
using Pyrite.Ops.Convolution;

namespace Pyrite;

/// <summary>Convolutions with different numbers for height and width, and with channels in groups that do not mix.</summary>
public static class GroupedConvolution
{
    extension(Tensor x)
    {
        /// <summary>Cross-correlation of images [N, C, H, W] with a set of kernels.</summary>
        /// <param name="weight">[out, in / groups, kernel height, kernel width].</param>
        /// <param name="bias">[out], or null.</param>
        /// <param name="stride">Step of the kernel, at least 1.</param>
        /// <param name="padding">Zeros added on both sides, at least 0.</param>
        /// <param name="dilation">Distance between kernel elements, at least 1.</param>
        /// <param name="groups">Into how many groups the channels are split; input group k makes output group k.</param>
        /// <exception cref="ArgumentException">Shapes do not fit, or the kernel is larger than the padded image.</exception>
        public Tensor Conv2d(Tensor weight, Tensor? bias, AxisPair stride, AxisPair padding, AxisPair dilation, int groups = 1)
        {
            if (groups != 1)
            {
                Tensor[] parts = ByGroup("conv2d", x, weight, groups, (part, kernel) => part.Conv2d(kernel, null, stride, padding, dilation));
                return AddBias(Tensor.Concat(parts, 1), bias);
            }
            ConvolutionArguments.Check("conv2d", x, weight, bias, Math.Min(stride.Height, stride.Width), Math.Min(padding.Height, padding.Width),
                Math.Min(dilation.Height, dilation.Width), channelAxis: 1, outAxis: 0);
            int Reduced(int size, int kernel, int step, int pad, int distance) =>
                (int)Math.Floor((size + (2.0 * pad) - (distance * (kernel - 1)) - 1) / step) + 1;
            ConvolutionShape shape = new(
                x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3], weight.Shape[0],
                Reduced(x.Shape[2], weight.Shape[2], stride.Height, padding.Height, dilation.Height),
                    Reduced(x.Shape[3], weight.Shape[3], stride.Width, padding.Width, dilation.Width),
                weight.Shape[2], weight.Shape[3], stride.Height, stride.Width, padding.Height, padding.Width, dilation.Height, dilation.Width);
            ConvolutionArguments.CheckResult("conv2d", x, weight, shape.OutHeight, shape.OutWidth);
            return Conv2dOperation.Of(shape, x, weight, bias);
        }

        /// <summary>The transposed convolution of images: the input gradient of <c>Conv2d</c> with the same arguments.</summary>
        /// <param name="weight">[in, out / groups, kernel height, kernel width].</param>
        /// <param name="bias">[out], or null.</param>
        /// <param name="stride">Step of the kernel in the result, at least 1.</param>
        /// <param name="padding">Rows and columns cut off on both sides of the result, at least 0.</param>
        /// <param name="outputPadding">Rows and columns added at the end of the result, less than stride or dilation.</param>
        /// <param name="dilation">Distance between kernel elements, at least 1.</param>
        /// <param name="groups">Into how many groups the channels are split.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        public Tensor ConvTranspose2d(Tensor weight, Tensor? bias, AxisPair stride, AxisPair padding, AxisPair outputPadding, AxisPair dilation,
            int groups = 1)
        {
            if (groups != 1)
            {
                Tensor[] parts =
                    ByGroup("conv_transpose2d", x, weight, groups,
                        (part, kernel) => part.ConvTranspose2d(kernel, null, stride, padding, outputPadding, dilation));
                return AddBias(Tensor.Concat(parts, 1), bias);
            }
            ConvolutionArguments.Check("conv_transpose2d", x, weight, bias, Math.Min(stride.Height, stride.Width),
                Math.Min(padding.Height, padding.Width), Math.Min(dilation.Height, dilation.Width), channelAxis: 0, outAxis: 1);
            if (!FitsOutput(outputPadding.Height, stride.Height, dilation.Height) || !FitsOutput(outputPadding.Width, stride.Width, dilation.Width))
            {
                throw new ArgumentException(
                    $"conv_transpose2d: the output padding must be 0 or more and less than stride or dilation; found {outputPadding} with "
                        + $"stride {stride} and dilation {dilation}.", nameof(outputPadding));
            }
            int Enlarged(int size, int kernel, int step, int pad, int distance, int extra) =>
                ((size - 1) * step) - (2 * pad) + (distance * (kernel - 1)) + extra + 1;
            ConvolutionShape shape = new(
                x.Shape[0], weight.Shape[1],
                Enlarged(x.Shape[2], weight.Shape[2], stride.Height, padding.Height, dilation.Height, outputPadding.Height),
                Enlarged(x.Shape[3], weight.Shape[3], stride.Width, padding.Width, dilation.Width, outputPadding.Width),
                x.Shape[1], x.Shape[2], x.Shape[3], weight.Shape[2], weight.Shape[3], stride.Height, stride.Width, padding.Height, padding.Width,
                    dilation.Height, dilation.Width);
            ConvolutionArguments.CheckResult("conv_transpose2d", x, weight, shape.InHeight, shape.InWidth);
            return ConvTranspose2dOperation.Of(shape, x, weight, bias);
        }
    }

    private static bool FitsOutput(int extra, int stride, int dilation) => extra >= 0 && (extra < stride || extra < dilation || extra == 0);

    private static Tensor[] ByGroup(string operation, Tensor x, Tensor weight, int groups, Func<Tensor, Tensor, Tensor> convolve)
    {
        if (groups < 1 || x.Rank != 4 || weight.Rank != 4 || x.Shape[1] % groups != 0 || weight.Shape[0] % groups != 0)
        {
            throw new ArgumentException(
                $"{operation}: images {x.Shape} and a weight {weight.Shape} do not split into {groups} groups; the channels of both must be "
                    + "multiples of the groups.", nameof(groups));
        }
        int channels = x.Shape[1] / groups;
        int kernels = weight.Shape[0] / groups;
        Tensor[] parts = new Tensor[groups];
        for (int group = 0; group < groups; group++)
        {
            parts[group] = convolve(x.Slice(1, group * channels, channels), weight.Slice(0, group * kernels, kernels));
        }
        return parts;
    }

    private static Tensor AddBias(Tensor y, Tensor? bias) => bias is null ? y : y + bias.Reshape(1, bias.Count, 1, 1);
}
