namespace Pyrite.Kernels.Convolution;

/// <summary>How far convolutions read beyond their images, in pixels, on any side.</summary>
internal static class ConvolutionMargin
{
    /// <summary>Of the source of a convolution, or of its input gradient.</summary>
    public static int OfSource(in ConvolutionShape shape, bool gradient) =>
        Math.Max(Of(ConvolutionAxis.Height(shape, gradient)), Of(ConvolutionAxis.Width(shape, gradient)));

    /// <summary>Along one axis.</summary>
    public static int Of(in ConvolutionAxis axis)
    {
        int end = ((axis.Positions - 1) * axis.SourceStep) + axis.Highest + 1;
        return Math.Max(0, Math.Max(-axis.Lowest, end - axis.Source));
    }
}
