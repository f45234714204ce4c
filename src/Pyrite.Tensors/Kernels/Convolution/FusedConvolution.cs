using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Convolution;

/// <summary>A convolution, or a transposed one, with everything that can be done to a finished sum.</summary>
internal static unsafe class FusedConvolution
{
    /// <summary>result = mask(relu(source ∗ weights + bias)); bias and mask may be null.</summary>
    public static void Run(in ConvolutionShape shape, bool transposed, Tensor source, Tensor weights, Tensor? bias, bool relu, Tensor? mask,
        Tensor result)
    {
        if (result.DType == DType.Float32)
        {
            Run<float>(shape, transposed, source, weights, bias, relu, mask, result);
        }
        else
        {
            Run<double>(shape, transposed, source, weights, bias, relu, mask, result);
        }
    }

    private static void Run<T>(in ConvolutionShape shape, bool transposed, Tensor source, Tensor weights, Tensor? bias, bool relu, Tensor? mask,
        Tensor result)
        where T : unmanaged
    {
        ReadOnlySpan<T> noElements = [];
        fixed (T* from = source.Read<T>(), w = weights.Read<T>(), to = result.Write<T>())
        fixed (T* shift = bias is null ? noElements : bias.Read<T>(), gate = mask is null ? noElements : mask.Read<T>())
        {
            Epilogue<T> epilogue = new(shift, relu, gate);
            if (transposed)
            {
                ConvolutionKernel.InputGradient(shape, from, w, to, epilogue);
            }
            else
            {
                ConvolutionKernel.Forward(shape, from, w, to, epilogue);
            }
        }
    }
}
