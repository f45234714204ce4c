using Pyrite.Layers;

namespace Pyrite;

/// <summary>A three-dimensional convolution of volumes.</summary>
/// <remarks>[N, in, D, H, W] to [N, out, D', H', W'] with D' = ⌊(D + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1.
/// Parameters start uniform on ±1/√(in / groups · kernel elements).</remarks>
public sealed class Conv3d : Layer
{
    private readonly int stride;
    private readonly int padding;
    private readonly int dilation;
    private readonly int groups;

    /// <summary>A layer between so many channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSize">Size of the kernel along each axis.</param>
    /// <param name="stride">Step of the kernel.</param>
    /// <param name="padding">Zeros added on every side.</param>
    /// <param name="dilation">Distance between kernel elements.</param>
    /// <param name="bias">Whether a bias is added to each channel.</param>
    /// <param name="groups">Into how many groups that do not mix the channels are split.</param>
    /// <param name="weightStart">Starts the kernels otherwise.</param>
    /// <param name="biasStart">Starts the bias otherwise.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the groups do not divide the channels.</exception>
    public Conv3d(
        int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int dilation = 1, bool bias = true,
        int groups = 1, Initializer? weightStart = null, Initializer? biasStart = null)
    {
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.groups = groups;
        LayerArguments.CheckConvolution(inChannels, outChannels, groups);
        LayerArguments.CheckAxis(kernelSize, stride, padding, dilation);
        Initializer start = Initializer.FanInUniform(checked(inChannels / groups * kernelSize * kernelSize * kernelSize));
        Weight = AddParameter("weight", [outChannels, inChannels / groups, kernelSize, kernelSize, kernelSize], weightStart ?? start);
        Bias = bias ? AddParameter("bias", [outChannels], biasStart ?? start) : null;
    }

    /// <summary>The kernels, [out, in / groups, kernel, kernel, kernel].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, [out], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The convolved volumes.</summary>
    /// <param name="x">[N, in, D, H, W].</param>
    /// <exception cref="ArgumentException">The input has other axes or another number of channels, or is smaller than the kernel.</exception>
    public override Tensor Forward(Tensor x)
    {
        LayerArguments.CheckChannels(this, x, 5, Weight.Shape[1] * groups, "D, H, W");
        return x.Conv3d(Weight, Bias?.Value, stride, padding, dilation, groups);
    }
}
