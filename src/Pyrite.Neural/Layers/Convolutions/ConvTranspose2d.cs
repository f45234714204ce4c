using Pyrite.Layers;

namespace Pyrite;

/// <summary>A transposed two-dimensional convolution: enlarges images.</summary>
/// <remarks>[N, in, H, W] to [N, out, H', W'] with H' = (H - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1.
/// Parameters start uniform on ±1/√(out / groups · kernel elements), as PyTorch's do.</remarks>
public sealed class ConvTranspose2d : Layer
{
    private readonly AxisPair stride;
    private readonly AxisPair padding;
    private readonly AxisPair outputPadding;
    private readonly AxisPair dilation;
    private readonly int groups;
    private readonly bool isPlain;

    /// <summary>A layer between so many channels.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSize">Size of the kernel along each axis; an integer means both axes, here and below.</param>
    /// <param name="stride">Step of the kernel in the result; 1 if not given.</param>
    /// <param name="padding">Elements cut off on every side of the result; none if not given.</param>
    /// <param name="outputPadding">Elements added at the end of each axis of the result; less than stride or dilation.</param>
    /// <param name="dilation">Distance between kernel elements; 1 if not given.</param>
    /// <param name="bias">Whether a bias is added to each channel.</param>
    /// <param name="groups">Into how many groups that do not mix the channels are split.</param>
    /// <param name="weightStart">Starts the kernels otherwise.</param>
    /// <param name="biasStart">Starts the bias otherwise.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the groups do not divide the channels.</exception>
    public ConvTranspose2d(
        int inChannels, int outChannels, AxisPair kernelSize, AxisPair? stride = null, AxisPair? padding = null, AxisPair? outputPadding = null,
            AxisPair? dilation = null, bool bias = true,
        int groups = 1, Initializer? weightStart = null, Initializer? biasStart = null)
    {
        this.stride = stride ?? 1;
        this.padding = padding ?? 0;
        this.outputPadding = outputPadding ?? 0;
        this.dilation = dilation ?? 1;
        this.groups = groups;
        isPlain = groups == 1
            && this.stride.Height == this.stride.Width && this.padding.Height == this.padding.Width
            && this.outputPadding.Height == this.outputPadding.Width && this.dilation.Height == this.dilation.Width;
        LayerArguments.CheckConvolution(inChannels, outChannels, groups);
        LayerArguments.CheckAxis(kernelSize.Height, this.stride.Height, this.padding.Height, this.dilation.Height);
        LayerArguments.CheckAxis(kernelSize.Width, this.stride.Width, this.padding.Width, this.dilation.Width);
        LayerArguments.CheckOutputPadding(this.outputPadding.Height, this.stride.Height, this.dilation.Height);
        LayerArguments.CheckOutputPadding(this.outputPadding.Width, this.stride.Width, this.dilation.Width);
        Initializer start = Initializer.FanInUniform(checked(outChannels / groups * kernelSize.Height * kernelSize.Width));
        Weight = AddParameter("weight", [inChannels, outChannels / groups, kernelSize.Height, kernelSize.Width], weightStart ?? start);
        Bias = bias ? AddParameter("bias", [outChannels], biasStart ?? start) : null;
    }

    /// <summary>The kernels, [in, out / groups, kernel height, kernel width].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, [out], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The enlarged images.</summary>
    /// <param name="x">[N, in, H, W].</param>
    /// <exception cref="ArgumentException">The input has other axes or another number of channels.</exception>
    public override Tensor Forward(Tensor x)
    {
        LayerArguments.CheckChannels(this, x, 4, Weight.Shape[0], "H, W");
        return isPlain
            ? x.ConvTranspose2d(Weight, Bias?.Value, stride.Height, padding.Height, outputPadding.Height, dilation.Height)
            : x.ConvTranspose2d(Weight, Bias?.Value, stride, padding, outputPadding, dilation, groups);
    }
}
