namespace Pyrite.Kernels;

/// <summary>A sum over the images of a batch, made lane by lane: each lane adds its images in order, the lanes are added as a tree.</summary>
/// <remarks>The bits are those of the same sum over the whole batch at once.</remarks>
internal abstract class LaneGradient
{
    /// <summary>The number of lanes.</summary>
    public abstract int Lanes { get; }

    /// <summary>The weight gradient of a convolution.</summary>
    public static LaneGradient OfWeights(in ConvolutionShape shape, DType type) =>
        type == DType.Float32 ? new Weights<float>(shape) : new Weights<double>(shape);

    /// <summary>The sum over all pixels, one value a channel.</summary>
    public static LaneGradient OfBias(int batch, int pixels, int channels, DType type) =>
        type == DType.Float32 ? new Bias<float>(batch, pixels, channels) : new Bias<double>(batch, pixels, channels);

    /// <summary>Adds the images that the tensors hold to a lane, or starts the lane with them.</summary>
    public abstract void Add(int lane, Tensor x, Tensor dy, int count, bool starts);

    /// <summary>Adds the lanes up and writes the sum.</summary>
    public abstract void Finish(Tensor result);

    private sealed unsafe class Weights<T> : LaneGradient
        where T : unmanaged
    {
        private readonly ConvolutionWeightGradient<T> gradient;
        private readonly Storage sums;
        private readonly int length;

        public Weights(in ConvolutionShape shape)
        {
            gradient = new ConvolutionWeightGradient<T>(shape);
            length = checked((int)gradient.LaneLength);
            sums = Storage.Allocate((long)length * gradient.Lanes * sizeof(T), pinned: true);
        }

        public override int Lanes => gradient.Lanes;

        public override void Add(int lane, Tensor x, Tensor dy, int count, bool starts)
        {
            fixed (T* images = x.Read<T>(), upstream = dy.Read<T>(), sum = sums.Span<T>(lane * length * sizeof(T), length))
            {
                gradient.RunImages(images, upstream, sum, 0, count, !starts);
            }
        }

        public override void Finish(Tensor result)
        {
            fixed (T* sum = sums.Span<T>(0, length * Lanes), target = result.Write<T>())
            {
                LaneSum.Fold(Lanes, length, sum, length);
                gradient.Unpack(sum, target);
            }
        }
    }

    private sealed unsafe class Bias<T> : LaneGradient
        where T : unmanaged
    {
        private readonly ImageChannelSum<T> sum;
        private readonly Storage sums;

        public Bias(int batch, int pixels, int channels)
        {
            sum = new ImageChannelSum<T>(batch, pixels, channels);
            sums = Storage.Allocate((long)channels * sum.Lanes * sizeof(T), pinned: true);
        }

        public override int Lanes => sum.Lanes;

        public override void Add(int lane, Tensor x, Tensor dy, int count, bool starts)
        {
            fixed (T* images = dy.Read<T>(), target = sums.Span<T>(lane * sum.Channels * sizeof(T), sum.Channels))
            {
                sum.RunImages(images, target, 0, count, !starts);
            }
        }

        public override void Finish(Tensor result)
        {
            fixed (T* lanes = sums.Span<T>(0, sum.Channels * Lanes), target = result.Write<T>())
            {
                LaneSum.Fold(Lanes, sum.Channels, lanes, sum.Channels);
                new Span<T>(lanes, sum.Channels).CopyTo(new Span<T>(target, sum.Channels));
            }
        }
    }
}
