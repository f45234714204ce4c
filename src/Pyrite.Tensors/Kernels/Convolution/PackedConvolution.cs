using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Products;

namespace Pyrite.Kernels.Convolution;

/// <summary>A convolution, or its input gradient, whose weights are packed once and used for many stretches of a batch.</summary>
internal abstract class PackedConvolution
{
    /// <summary>A convolution of Float32 or Float64 images.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="gradient">Whether to compute the input gradient.</param>
    /// <param name="type">Float32 or Float64.</param>
    /// <param name="sourceMargin">Zeros around images in, in pixels.</param>
    /// <param name="resultMargin">Room around images out, and around the mask.</param>
    public static PackedConvolution Create(in ConvolutionShape shape, bool gradient, DType type, int sourceMargin, int resultMargin) =>
        type == DType.Float32
            ? new Typed<float>(shape, gradient, sourceMargin, resultMargin)
            : new Typed<double>(shape, gradient, sourceMargin, resultMargin);

    /// <summary>Packs the weights; before any <see cref="Run"/>.</summary>
    public abstract void Pack(Tensor weights);

    /// <summary>Computes the images that the tensors hold.</summary>
    /// <param name="source">Images in.</param>
    /// <param name="result">Images out.</param>
    /// <param name="bias">One value a channel, or null.</param>
    /// <param name="relu">Whether negative results become zero.</param>
    /// <param name="mask">Results become zero where this is not positive; null for none.</param>
    /// <param name="count">How many images.</param>
    public abstract void Run(Tensor source, Tensor result, Tensor? bias, bool relu, Tensor? mask, int count);

    private sealed unsafe class Typed<T> : PackedConvolution
        where T : unmanaged
    {
        private readonly DirectConvolution<T> convolution;
        private readonly Storage packed;
        private readonly int length;

        public Typed(in ConvolutionShape shape, bool gradient, int sourceMargin, int resultMargin)
        {
            convolution = new DirectConvolution<T>(shape, gradient, 1, sourceMargin, resultMargin);
            length = checked((int)convolution.PackedLength);
            packed = Storage.Allocate((long)length * sizeof(T), pinned: true);
        }

        public override void Pack(Tensor weights)
        {
            fixed (T* from = weights.Read<T>(), to = packed.Span<T>(0, length))
            {
                convolution.Pack(from, to);
            }
        }

        public override void Run(Tensor source, Tensor result, Tensor? bias, bool relu, Tensor? mask, int count)
        {
            ReadOnlySpan<T> noElements = [];
            fixed (T* weights = packed.Span<T>(0, length), from = source.Read<T>(), to = result.Write<T>())
            fixed (T* shift = bias is null ? noElements : bias.Read<T>(), gate = mask is null ? noElements : mask.Read<T>())
            {
                convolution.RunImages(weights, from, to, new Epilogue<T>(shift, relu, gate), 0, count);
            }
        }
    }
}
