namespace Pyrite.Kernels.Convolution;

/// <summary>Sizes of a two-dimensional convolution, and of the transposed convolution that is its input gradient.</summary>
/// <remarks>
/// Images are channels-last, [batch, height, width, channels]; weights are row-major
/// [outChannels, inChannels, kernelHeight, kernelWidth]. A transposed convolution is described by the shape of the convolution it is the
/// gradient of: its input is this shape's output and the other way round, so that its weights [in, out, height, width] lie in memory
/// exactly as this shape's.
/// </remarks>
internal readonly record struct ConvolutionShape(
    int Batch,
    int InChannels,
    int InHeight,
    int InWidth,
    int OutChannels,
    int OutHeight,
    int OutWidth,
    int KernelHeight,
    int KernelWidth,
    int StrideHeight = 1,
    int StrideWidth = 1,
    int PaddingHeight = 0,
    int PaddingWidth = 0,
    int DilationHeight = 1,
    int DilationWidth = 1)
{
    /// <summary>Elements of one input image.</summary>
    public nint InImage => (nint)InHeight * InWidth * InChannels;

    /// <summary>Elements of one output image.</summary>
    public nint OutImage => (nint)OutHeight * OutWidth * OutChannels;

    /// <summary>Kernel positions.</summary>
    public int Taps => KernelHeight * KernelWidth;

    /// <summary>Multiply-adds of one image.</summary>
    public long Work => (long)OutHeight * OutWidth * OutChannels * InChannels * Taps;

    /// <summary>Shape of a convolution with output sizes floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1.</summary>
    public static ConvolutionShape Forward(
        int batch, int inChannels, int inHeight, int inWidth, int outChannels, int kernelHeight, int kernelWidth,
        int stride = 1, int padding = 0, int dilation = 1) =>
        new(
            batch, inChannels, inHeight, inWidth, outChannels,
            Reduced(inHeight, kernelHeight, stride, padding, dilation), Reduced(inWidth, kernelWidth, stride, padding, dilation),
            kernelHeight, kernelWidth, stride, stride, padding, padding, dilation, dilation);

    /// <summary>Shape whose input gradient is the transposed convolution of <paramref name="channels"/> to
    /// <paramref name="resultChannels"/>.</summary>
    /// <remarks>Result sizes are (size - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1.</remarks>
    public static ConvolutionShape Transposed(
        int batch, int channels, int height, int width, int resultChannels, int kernelHeight, int kernelWidth,
        int stride = 1, int padding = 0, int dilation = 1, int outputPadding = 0) =>
        new(
            batch, resultChannels,
            Enlarged(height, kernelHeight, stride, padding, dilation, outputPadding),
            Enlarged(width, kernelWidth, stride, padding, dilation, outputPadding),
            channels, height, width, kernelHeight, kernelWidth, stride, stride, padding, padding, dilation, dilation);

    private static int Reduced(int size, int kernel, int stride, int padding, int dilation) =>
        ((size + (2 * padding) - (dilation * (kernel - 1)) - 1) / stride) + 1;

    private static int Enlarged(int size, int kernel, int stride, int padding, int dilation, int outputPadding) =>
        ((size - 1) * stride) - (2 * padding) + (dilation * (kernel - 1)) + outputPadding + 1;
}
