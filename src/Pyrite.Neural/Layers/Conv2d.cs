using Pyrite.Layers;

namespace Pyrite;

/// <summary>A two-dimensional convolution of images.</summary>
/// <remarks>[N, in, H, W] to [N, out, H', W'] with H' = ⌊(H + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1. Parameters start uniform on ±1/√(in·kernel²).</remarks>
public sealed class Conv2d : Layer
{
    private readonly int stride;
    private readonly int padding;
    private readonly int dilation;

    /// <summary>A layer between so many channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="stride">Step of the kernel.</param>
    /// <param name="padding">Zeros added on every side.</param>
    /// <param name="dilation">Distance between kernel elements.</param>
    /// <param name="bias">Whether a bias is added to each channel.</param>
    /// <param name="weightStart">Starts the kernels otherwise.</param>
    /// <param name="biasStart">Starts the bias otherwise.</param>
    public Conv2d(
        int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int dilation = 1, bool bias = true,
        Initializer? weightStart = null, Initializer? biasStart = null)
    {
        LayerArguments.CheckConvolution(inChannels, outChannels, kernelSize, stride, padding, dilation);
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        Initializer start = Initializer.FanInUniform(checked(inChannels * kernelSize * kernelSize));
        Weight = AddParameter("weight", [outChannels, inChannels, kernelSize, kernelSize], weightStart ?? start);
        Bias = bias ? AddParameter("bias", [outChannels], biasStart ?? start) : null;
    }

    /// <summary>The kernels, [out, in, kernel, kernel].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, [out], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The convolved images.</summary>
    /// <param name="x">[N, in, H, W].</param>
    /// <exception cref="ArgumentException">The input is no batch of images with that many channels, or smaller than the kernel.</exception>
    public override Tensor Forward(Tensor x) => x.Rank == 4 && x.Shape[1] == Weight.Shape[1]
        ? x.Conv2d(Weight, Bias?.Value, stride, padding, dilation)
        : throw new ArgumentException($"{this} takes images [N, {Weight.Shape[1]}, H, W]; the input has shape {x.Shape}. Reshape it, or build the layer for its channels.", nameof(x));
}
