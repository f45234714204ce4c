using Pyrite.Layers;

namespace Pyrite;

/// <summary>A two-dimensional convolution of images.</summary>
/// <remarks>[N, in, H, W] to [N, out, H', W'] with H' = ⌊(H + 2·padding - dilation·(kernel - 1) - 1) / stride⌋ + 1.
/// Parameters start uniform on ±1/√(in / groups · kernel elements).</remarks>
public sealed class Conv2d : Layer
{
    private readonly AxisPair stride;
    private readonly AxisPair padding;
    private readonly AxisPair dilation;
    private readonly int groups;
    private readonly bool isPlain;

    /// <summary>A layer between so many channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSize">Size of the kernel along each axis; an integer means both axes, here and below.</param>
    /// <param name="stride">Step of the kernel; 1 if not given.</param>
    /// <param name="padding">Zeros added on every side; none if not given.</param>
    /// <param name="dilation">Distance between kernel elements; 1 if not given.</param>
    /// <param name="bias">Whether a bias is added to each channel.</param>
    /// <param name="groups">Into how many groups that do not mix the channels are split.</param>
    /// <param name="weightStart">Starts the kernels otherwise.</param>
    /// <param name="biasStart">Starts the bias otherwise.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the groups do not divide the channels.</exception>
    public Conv2d(
        int inChannels, int outChannels, AxisPair kernelSize, AxisPair? stride = null, AxisPair? padding = null, AxisPair? dilation = null,
            bool bias = true,
        int groups = 1, Initializer? weightStart = null, Initializer? biasStart = null)
    {
        this.stride = stride ?? 1;
        this.padding = padding ?? 0;
        this.dilation = dilation ?? 1;
        this.groups = groups;
        isPlain = groups == 1
            && this.stride.Height == this.stride.Width && this.padding.Height == this.padding.Width && this.dilation.Height == this.dilation.Width;
        LayerArguments.CheckConvolution(inChannels, outChannels, groups);
        LayerArguments.CheckAxis(kernelSize.Height, this.stride.Height, this.padding.Height, this.dilation.Height);
        LayerArguments.CheckAxis(kernelSize.Width, this.stride.Width, this.padding.Width, this.dilation.Width);
        Initializer start = Initializer.FanInUniform(checked(inChannels / groups * kernelSize.Height * kernelSize.Width));
        Weight = AddParameter("weight", [outChannels, inChannels / groups, kernelSize.Height, kernelSize.Width], weightStart ?? start);
        Bias = bias ? AddParameter("bias", [outChannels], biasStart ?? start) : null;
    }

    /// <summary>The kernels, [out, in / groups, kernel height, kernel width].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, [out], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The convolved images.</summary>
    /// <param name="x">[N, in, H, W].</param>
    /// <exception cref="ArgumentException">The input has other axes or another number of channels, or is smaller than the kernel.</exception>
    public override Tensor Forward(Tensor x)
    {
        LayerArguments.CheckChannels(this, x, 4, Weight.Shape[1] * groups, "H, W");
        return isPlain
            ? x.Conv2d(Weight, Bias?.Value, stride.Height, padding.Height, dilation.Height)
            : x.Conv2d(Weight, Bias?.Value, stride, padding, dilation, groups);
    }
}
