using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Convolution;

/// <summary>A convolution, or a transposed one, with everything that can be done to a finished sum.</summary>
internal static unsafe class FusedConvolution
{
    /// <summary>result = mask(relu(source ∗ weights + bias)).</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="transposed">Whether it is the input gradient of that convolution.</param>
    /// <param name="type">Float32 or Float64.</param>
    /// <param name="source">The elements of the images in.</param>
    /// <param name="weights">Those of the weights.</param>
    /// <param name="bias">One value per channel; empty for none.</param>
    /// <param name="relu">Whether negative results become zero.</param>
    /// <param name="mask">Results become zero where this is not positive; empty for none.</param>
    /// <param name="result">The images out.</param>
    public static void Run(in ConvolutionShape shape, bool transposed, DType type, ReadOnlySpan<byte> source, ReadOnlySpan<byte> weights,
        ReadOnlySpan<byte> bias, bool relu, ReadOnlySpan<byte> mask, Span<byte> result)
    {
        if (type == DType.Float32)
        {
            Run<float>(shape, transposed, source, weights, bias, relu, mask, result);
        }
        else
        {
            Run<double>(shape, transposed, source, weights, bias, relu, mask, result);
        }
    }

    private static void Run<T>(in ConvolutionShape shape, bool transposed, ReadOnlySpan<byte> source, ReadOnlySpan<byte> weights,
        ReadOnlySpan<byte> bias, bool relu, ReadOnlySpan<byte> mask, Span<byte> result)
        where T : unmanaged
    {
        fixed (byte* from = source, w = weights, to = result, shift = bias, gate = mask)
        {
            Epilogue<T> epilogue = new((T*)shift, relu, (T*)gate);
            if (transposed)
            {
                ConvolutionKernel.InputGradient(shape, (T*)from, (T*)w, (T*)to, epilogue);
            }
            else
            {
                ConvolutionKernel.Forward(shape, (T*)from, (T*)w, (T*)to, epilogue);
            }
        }
    }
}
