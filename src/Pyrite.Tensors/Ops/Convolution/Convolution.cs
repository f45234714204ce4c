using Pyrite.Kernels.Convolution;
using Pyrite.Ops.Convolution;

namespace Pyrite;

/// <summary>Two-dimensional convolutions of images [N, C, H, W].</summary>
public static class Convolution
{
    extension(Tensor x)
    {
        /// <summary>Cross-correlation with a set of kernels, as networks mean it.</summary>
        /// <param name="weight">[out, in, kernel height, kernel width].</param>
        /// <param name="bias">[out], or null.</param>
        /// <param name="stride">Step of the kernel, at least 1.</param>
        /// <param name="padding">Zeros added on every side, at least 0.</param>
        /// <param name="dilation">Distance between kernel elements, at least 1.</param>
        /// <returns>[N, out, H', W'] with H' = ⌊(H + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1.</returns>
        /// <exception cref="ArgumentException">Shapes do not fit, or the kernel is larger than the padded image.</exception>
        public Tensor Conv2d(Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int dilation = 1)
        {
            ConvolutionArguments.Check("conv2d", x, weight, bias, stride, padding, dilation, channelAxis: 1, outAxis: 0);
            ConvolutionShape shape = ConvolutionShape.Forward(
                x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3], weight.Shape[0], weight.Shape[2], weight.Shape[3], stride, padding, dilation);
            ConvolutionArguments.CheckResult("conv2d", x, weight, shape.OutHeight, shape.OutWidth);
            return Conv2dOperation.Of(shape, x, weight, bias);
        }

        /// <summary>The transposed convolution: the input gradient of <c>Conv2d</c> with the same arguments, used to enlarge images.</summary>
        /// <param name="weight">[in, out, kernel height, kernel width].</param>
        /// <param name="bias">[out], or null.</param>
        /// <param name="stride">Step of the kernel in the result, at least 1.</param>
        /// <param name="padding">Rows and columns cut off on every side of the result, at least 0.</param>
        /// <param name="outputPadding">Rows and columns added at the end of the result, less than stride or dilation.</param>
        /// <param name="dilation">Distance between kernel elements, at least 1.</param>
        /// <returns>[N, out, H', W'] with H' = (H - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1.</returns>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        public Tensor ConvTranspose2d(Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1)
        {
            ConvolutionArguments.Check("conv_transpose2d", x, weight, bias, stride, padding, dilation, channelAxis: 0, outAxis: 1);
            if (outputPadding < 0 || (outputPadding >= stride && outputPadding >= dilation))
            {
                throw new ArgumentException(
                    $"conv_transpose2d: the output padding must be 0 or more and less than stride or dilation; found {outputPadding} with "
                        + $"stride {stride} and dilation {dilation}.", nameof(outputPadding));
            }
            ConvolutionShape shape = ConvolutionShape.Transposed(
                x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3], weight.Shape[1], weight.Shape[2], weight.Shape[3], stride, padding, dilation,
                    outputPadding);
            ConvolutionArguments.CheckResult("conv_transpose2d", x, weight, shape.InHeight, shape.InWidth);
            return ConvTranspose2dOperation.Of(shape, x, weight, bias);
        }
    }
}
