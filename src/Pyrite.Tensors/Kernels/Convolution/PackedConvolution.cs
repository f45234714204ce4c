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
    public abstract void Pack(ReadOnlySpan<byte> weights);

    /// <summary>Computes images.</summary>
    /// <param name="source">Images in.</param>
    /// <param name="result">Images out.</param>
    /// <param name="bias">One value per channel; empty for none.</param>
    /// <param name="relu">Whether negative results become zero.</param>
    /// <param name="mask">Results become zero where this is not positive; empty for none.</param>
    /// <param name="count">How many images.</param>
    public abstract void Run(ReadOnlySpan<byte> source, Span<byte> result, ReadOnlySpan<byte> bias, bool relu, ReadOnlySpan<byte> mask,
        int count);

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

        public override void Pack(ReadOnlySpan<byte> weights)
        {
            fixed (byte* from = weights)
            fixed (T* to = packed.Span<T>(0, length))
            {
                convolution.Pack((T*)from, to);
            }
        }

        public override void Run(ReadOnlySpan<byte> source, Span<byte> result, ReadOnlySpan<byte> bias, bool relu, ReadOnlySpan<byte> mask,
            int count)
        {
            fixed (T* weights = packed.Span<T>(0, length))
            fixed (byte* from = source, to = result, shift = bias, gate = mask)
            {
                convolution.RunImages(weights, (T*)from, (T*)to, new Epilogue<T>((T*)shift, relu, (T*)gate), 0, count);
            }
        }
    }
}
