using System.Numerics;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Convolution;

/// <summary>Sums of channels-last images over all pixels: each lane adds its images in order, the lanes are added as a tree.</summary>
internal readonly unsafe struct ImageChannelSum<T>
    where T : unmanaged
{
    private const int MaxLanes = 8;

    private readonly int batch;
    private readonly ImageLayout frame;

    public ImageChannelSum(int batch, in ImageLayout frame)
    {
        this.batch = batch;
        this.frame = frame;
        Lanes = Math.Clamp(batch, 1, MaxLanes);
    }

    /// <summary>Partial sums over the batch; depends on the shape alone.</summary>
    public int Lanes { get; }

    /// <summary>Values of one sum.</summary>
    public int Channels => frame.Channels;

    /// <summary>The sum over a whole batch.</summary>
    public static void Run(int batch, in ImageLayout frame, T* images, T* result)
    {
        int channels = frame.Channels;
        ImageChannelSum<T> sum = new(batch, frame);
        using Scratch<T> lanes = Scratch<T>.Rent((nint)sum.Lanes * channels);
        new Span<T>(lanes.Pointer, sum.Lanes * channels).Clear();
        if (frame.Image > 0)
        {
            Body body = new(sum, images, lanes.Pointer);
            WorkerPool.For(sum.Lanes, ref body);
        }
        LaneSum.Fold(sum.Lanes, channels, lanes.Pointer, channels);
        new Span<T>(lanes.Pointer, channels).CopyTo(new Span<T>(result, channels));
    }

    /// <summary>Adds images [first, first + count) to a lane in order, or starts it with them.</summary>
    public void RunImages(T* images, T* lane, int first, int count, bool accumulate)
    {
        using Scratch<T> one = Scratch<T>.Rent(Channels);
        for (int image = first; image < first + count; image++)
        {
            ImageSum.Run(frame, images + (image * frame.Image), accumulate ? one.Pointer : lane);
            if (accumulate)
            {
                Add(lane, one.Pointer);
            }
            accumulate = true;
        }
    }

    private void Add(T* lane, T* image)
    {
        if (typeof(T) == typeof(float))
        {
            AddTo(new Span<float>(lane, Channels), new ReadOnlySpan<float>(image, Channels));
        }
        else
        {
            AddTo(new Span<double>(lane, Channels), new ReadOnlySpan<double>(image, Channels));
        }
    }

    private static void AddTo<TNumber>(Span<TNumber> lane, ReadOnlySpan<TNumber> image)
        where TNumber : INumber<TNumber> => System.Numerics.Tensors.TensorPrimitives.Add(lane, image, lane);

    private readonly struct Body(ImageChannelSum<T> sum, T* images, T* lanes) : IParallelBody
    {
        public void Run(int index)
        {
            int first = (int)((long)sum.batch * index / sum.Lanes);
            int end = (int)((long)sum.batch * (index + 1) / sum.Lanes);
            sum.RunImages(images, lanes + ((nint)index * sum.Channels), first, end - first, accumulate: false);
        }
    }
}
