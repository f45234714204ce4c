using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;

namespace Pyrite.Kernels.Convolution;

/// <summary>A sum over the images of a batch, made lane by lane: each lane adds its images in order, the lanes are added as a tree.</summary>
/// <remarks>The bits are those of the same sum over the whole batch at once.</remarks>
internal abstract class LaneGradient
{
    /// <summary>The number of lanes.</summary>
    public abstract int Lanes { get; }

    /// <summary>The weight gradient of a convolution.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="type">Float32 or Float64.</param>
    /// <param name="inMargin">Zeros around the convolution's input images, in pixels.</param>
    /// <param name="outMargin">Zeros around its output images.</param>
    public static LaneGradient OfWeights(in ConvolutionShape shape, DType type, int inMargin, int outMargin) =>
        type == DType.Float32 ? new Weights<float>(shape, inMargin, outMargin) : new Weights<double>(shape, inMargin, outMargin);

    /// <summary>The sum over all pixels, one value per channel.</summary>
    public static LaneGradient OfBias(int batch, in ImageLayout frame, DType type) =>
        type == DType.Float32 ? new Bias<float>(batch, frame) : new Bias<double>(batch, frame);

    /// <summary>Adds images to a lane, or starts the lane with them.</summary>
    public abstract void Add(int lane, ReadOnlySpan<byte> x, ReadOnlySpan<byte> dy, int count, bool starts);

    /// <summary>Adds the lanes up and writes the sum.</summary>
    public abstract void Finish(Span<byte> result);

    private sealed unsafe class Weights<T> : LaneGradient
        where T : unmanaged
    {
        private readonly ConvolutionWeightGradient<T> gradient;
        private readonly Storage sums;
        private readonly int length;

        public Weights(in ConvolutionShape shape, int inMargin, int outMargin)
        {
            gradient = new ConvolutionWeightGradient<T>(shape, inMargin, outMargin);
            length = checked((int)gradient.LaneLength);
            sums = Storage.Allocate((long)length * gradient.Lanes * sizeof(T), pinned: true);
        }

        public override int Lanes => gradient.Lanes;

        public override void Add(int lane, ReadOnlySpan<byte> x, ReadOnlySpan<byte> dy, int count, bool starts)
        {
            fixed (byte* images = x, upstream = dy)
            fixed (T* sum = sums.Span<T>(lane * length * sizeof(T), length))
            {
                gradient.RunImages((T*)images, (T*)upstream, sum, 0, count, !starts);
            }
        }

        public override void Finish(Span<byte> result)
        {
            fixed (byte* target = result)
            fixed (T* sum = sums.Span<T>(0, length * Lanes))
            {
                LaneSum.Fold(Lanes, length, sum, length);
                gradient.Unpack(sum, (T*)target);
            }
        }
    }

    private sealed unsafe class Bias<T> : LaneGradient
        where T : unmanaged
    {
        private readonly ImageChannelSum<T> sum;
        private readonly Storage sums;

        public Bias(int batch, in ImageLayout frame)
        {
            sum = new ImageChannelSum<T>(batch, frame);
            sums = Storage.Allocate((long)frame.Channels * sum.Lanes * sizeof(T), pinned: true);
        }

        public override int Lanes => sum.Lanes;

        public override void Add(int lane, ReadOnlySpan<byte> x, ReadOnlySpan<byte> dy, int count, bool starts)
        {
            fixed (byte* images = dy)
            fixed (T* target = sums.Span<T>(lane * sum.Channels * sizeof(T), sum.Channels))
            {
                sum.RunImages((T*)images, target, 0, count, !starts);
            }
        }

        public override void Finish(Span<byte> result)
        {
            fixed (byte* target = result)
            fixed (T* lanes = sums.Span<T>(0, sum.Channels * Lanes))
            {
                LaneSum.Fold(Lanes, sum.Channels, lanes, sum.Channels);
                new Span<T>(lanes, sum.Channels).CopyTo(new Span<T>(target, sum.Channels));
            }
        }
    }
}
