using Pyrite.Layers;

namespace Pyrite;

/// <summary>A transposed two-dimensional convolution: enlarges images.</summary>
/// <remarks>[N, in, H, W] to [N, out, H', W'] with H' = (H - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1.
/// Parameters start uniform on ±1/√(out·kernel²), as PyTorch's do.</remarks>
public sealed class ConvTranspose2d : Layer
{
    private readonly int stride;
    private readonly int padding;
    private readonly int outputPadding;
    private readonly int dilation;

    /// <summary>A layer between so many channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="stride">Step of the kernel in the result.</param>
    /// <param name="padding">Rows and columns cut off on every side of the result.</param>
    /// <param name="outputPadding">Rows and columns added at the end of the result; less than stride or dilation.</param>
    /// <param name="dilation">Distance between kernel elements.</param>
    /// <param name="bias">Whether a bias is added to each channel.</param>
    /// <param name="weightStart">Starts the kernels otherwise.</param>
    /// <param name="biasStart">Starts the bias otherwise.</param>
    public ConvTranspose2d(
        int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1, bool bias = true,
        Initializer? weightStart = null, Initializer? biasStart = null)
    {
        LayerArguments.CheckConvolution(inChannels, outChannels, kernelSize, stride, padding, dilation);
        LayerArguments.CheckOutputPadding(outputPadding, stride, dilation);
        this.stride = stride;
        this.padding = padding;
        this.outputPadding = outputPadding;
        this.dilation = dilation;
        Initializer start = Initializer.FanInUniform(checked(outChannels * kernelSize * kernelSize));
        Weight = AddParameter("weight", [inChannels, outChannels, kernelSize, kernelSize], weightStart ?? start);
        Bias = bias ? AddParameter("bias", [outChannels], biasStart ?? start) : null;
    }

    /// <summary>The kernels, [in, out, kernel, kernel].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, [out], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The enlarged images.</summary>
    /// <param name="x">[N, in, H, W].</param>
    /// <exception cref="ArgumentException">The input is no batch of images with that many channels.</exception>
    public override Tensor Forward(Tensor x) => x.Rank == 4 && x.Shape[1] == Weight.Shape[0]
        ? x.ConvTranspose2d(Weight, Bias?.Value, stride, padding, outputPadding, dilation)
        : throw new ArgumentException($"{this} takes images [N, {Weight.Shape[0]}, H, W]; the input has shape {x.Shape}. Reshape it, or build the layer for its channels.", nameof(x));
}
