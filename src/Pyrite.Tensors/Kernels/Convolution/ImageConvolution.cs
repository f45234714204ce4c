using Pyrite.Kernels.Copies;
using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Convolution;

/// <summary>Convolutions of tensors: finds pointers for <see cref="ConvolutionKernel"/>.</summary>
internal static unsafe class ImageConvolution
{
    /// <summary>y = x ∗ w (+ bias).</summary>
    public static void Forward<T>(in ConvolutionShape shape, ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y)
        where T : unmanaged
    {
        fixed (T* pointerX = x, pointerW = w, pointerBias = bias, pointerY = y)
        {
            ConvolutionKernel.Forward(shape, pointerX, pointerW, pointerY, new Epilogue<T>(bias.IsEmpty ? null : pointerBias));
        }
    }

    /// <summary>The transposed convolution of dy with w (+ bias).</summary>
    public static void Transposed<T>(in ConvolutionShape shape, ReadOnlySpan<T> dy, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> dx)
        where T : unmanaged
    {
        fixed (T* pointerDy = dy, pointerW = w, pointerBias = bias, pointerDx = dx)
        {
            ConvolutionKernel.InputGradient(shape, pointerDy, pointerW, pointerDx, new Epilogue<T>(bias.IsEmpty ? null : pointerBias));
        }
    }

    /// <summary>The gradient of the weights.</summary>
    public static void WeightGradient<T>(in ConvolutionShape shape, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw) where T : unmanaged
    {
        fixed (T* pointerX = x, pointerDy = dy, pointerDw = dw)
        {
            ConvolutionKernel.WeightGradient(shape, pointerX, pointerDy, pointerDw);
        }
    }

    /// <summary>Sums over all pixels of all images, one value per channel.</summary>
    public static void BiasGradient<T>(int batch, in ImageLayout frame, ReadOnlySpan<T> dy, Span<T> db) where T : unmanaged
    {
        fixed (T* pointerDy = dy, pointerDb = db)
        {
            ImageChannelSum<T>.Run(batch, frame, pointerDy, pointerDb);
        }
    }

    /// <summary>Transposes every matrix of a batch.</summary>
    public static void Transpose<T>(int batch, int rows, int columns, ReadOnlySpan<T> source, Span<T> target) where T : unmanaged
    {
        fixed (T* from = source, to = target)
        {
            LayoutKernel.Transpose(batch, rows, columns, from, to);
        }
    }
}
