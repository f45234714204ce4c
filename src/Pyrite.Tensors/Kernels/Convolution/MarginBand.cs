using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Convolution;

/// <summary>A band of rows of a channels-last image, with zeros wherever it reaches beyond the image.</summary>
internal static unsafe class MarginBand
{
    /// <summary>Copies rows and columns [first, end) of the image, which may lie outside of it, to a contiguous target.</summary>
    public static void Copy<T>(
        int height, int width, int channels, T* image, int firstRow, int endRow, int firstColumn, int endColumn, T* target)
        where T : unmanaged
    {
        nint pitch = (nint)(endColumn - firstColumn) * channels;
        nint before = (nint)Math.Clamp(-firstColumn, 0, endColumn - firstColumn) * channels;
        nint inside = (nint)Math.Max(Math.Min(endColumn, width) - Math.Max(firstColumn, 0), 0) * channels;
        nint after = pitch - before - inside;
        for (int row = firstRow; row < endRow; row++, target += pitch)
        {
            if ((uint)row >= (uint)height || inside == 0)
            {
                new Span<T>(target, (int)pitch).Clear();
                continue;
            }
            T* source = image + ((((nint)row * width) + Math.Max(firstColumn, 0)) * channels);
            new Span<T>(target, (int)before).Clear();
            MatrixPacking.CopyRun(source, target + before, inside);
            new Span<T>(target + before + inside, (int)after).Clear();
        }
    }
}
