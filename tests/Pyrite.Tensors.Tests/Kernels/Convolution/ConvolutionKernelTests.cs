using System.Numerics;
using Pyrite.Kernels.Convolution;
using Pyrite.Kernels.Products;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels;

public sealed unsafe class ConvolutionKernelTests
{
    public static TheoryData<int, int, int, int, int, int> VaeLayers => new()
    {
        // channels in, out, size, stride, transposed, batch
        { 1, 16, 28, 1, 0, 3 },
        { 16, 32, 28, 2, 0, 3 },
        { 32, 32, 14, 1, 0, 5 },
        { 32, 32, 14, 2, 1, 3 },
        { 32, 1, 28, 1, 0, 3 },
    };

    [Theory]
    [MemberData(nameof(VaeLayers))]
    public void The_layers_of_the_vae_agree_with_the_definition(int channels, int results, int size, int stride, int transposed, int batch)
    {
        ConvolutionShape shape = transposed == 1
            ? ConvolutionShape.Transposed(batch, channels, size, size, results, 3, 3, stride, 1, 1, stride - 1)
            : ConvolutionShape.Forward(batch, channels, size, size, results, 3, 3, stride, 1);
        System.Random random = new(size);
        Check<float>(shape, random);
        Check<double>(shape, random);
    }

    [Fact]
    public void Random_shapes_agree_with_the_definition()
    {
        System.Random random = new(11);
        for (int i = 0; i < 200; i++)
        {
            ConvolutionShape shape = RandomShape(random);
            if (shape.OutHeight < 1 || shape.OutWidth < 1)
            {
                continue;
            }
            Check<float>(shape, random);
            Check<double>(shape, random);
        }
    }

    [Fact]
    public void Transposed_shapes_with_output_padding_agree_with_the_definition()
    {
        System.Random random = new(12);
        for (int i = 0; i < 80; i++)
        {
            int stride = random.Next(1, 4);
            ConvolutionShape shape = ConvolutionShape.Transposed(
                random.Next(1, 4), random.Next(1, 20), random.Next(1, 7), random.Next(1, 7), random.Next(1, 20), random.Next(2, 5), random.Next(2, 5),
                stride, random.Next(0, 2), random.Next(1, 3), random.Next(stride));
            if (shape.InHeight < 1 || shape.InWidth < 1)
            {
                continue;
            }
            Check<float>(shape, random);
            Check<double>(shape, random);
        }
    }

    [Theory]
    [InlineData(1, 5, 40, 300, 7)]
    [InlineData(2, 24, 60, 40, 6)]
    [InlineData(1, 3, 120, 200, 3)]
    public void Images_too_large_for_one_band_agree_with_the_definition(int batch, int channels, int height, int width, int results)
    {
        System.Random random = new(height);
        Check<float>(ConvolutionShape.Forward(batch, channels, height, width, results, 3, 3, 1, 1), random);
        Check<double>(ConvolutionShape.Forward(batch, channels, height, width, results, 3, 2, 2, 1), random);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 0)]
    public void Empty_batches_and_channels_are_no_error(int batch, int channels)
    {
        ConvolutionShape shape = ConvolutionShape.Forward(batch, channels, 4, 4, 2, 3, 3, 1, 1);
        using GuardedArray<float> x = new(batch * shape.InImage);
        using GuardedArray<float> w = new(shape.OutChannels * shape.InChannels * 9);
        using GuardedArray<float> y = new(batch * shape.OutImage);
        ConvolutionKernel.Forward(shape, x.Pointer, w.Pointer, y.Pointer, default);
        Assert.Equal(-1, y.Span.IndexOfAnyExcept(0f));
        ConvolutionKernel.InputGradient(shape, y.Pointer, w.Pointer, x.Pointer, default);
        ConvolutionKernel.WeightGradient(shape, x.Pointer, y.Pointer, w.Pointer);
        Assert.Equal(-1, w.Span.IndexOfAnyExcept(0f));
        x.AssertGuards();
        y.AssertGuards();
        w.AssertGuards();
    }

    [Theory]
    [InlineData(1, 16, 28, 1)]
    [InlineData(16, 32, 28, 2)]
    [InlineData(32, 1, 28, 1)]
    [InlineData(3, 5, 100, 1)]
    public void Bits_do_not_depend_on_the_thread_count(int channels, int results, int size, int stride)
    {
        ConvolutionShape s = ConvolutionShape.Forward(13, channels, size, size, results, 3, 3, stride, 1);
        System.Random random = new(1);
        using GuardedArray<float> x = new(s.Batch * s.InImage, random);
        using GuardedArray<float> w = new(s.OutChannels * s.InChannels * s.Taps, random);
        using GuardedArray<float> dy = new(s.Batch * s.OutImage, random);
        float[][] first = Run(1);
        for (int threads = 1; threads <= 3; threads++)
        {
            float[][] again = Run(threads);
            for (int i = 0; i < first.Length; i++)
            {
                Assert.True(first[i].AsSpan().SequenceEqual(again[i]), $"result {i}, {threads} threads");
            }
        }

        float[][] Run(int threads)
        {
            using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
            using GuardedArray<float> y = new(dy.Length);
            using GuardedArray<float> dx = new(x.Length);
            using GuardedArray<float> dw = new(w.Length);
            using GuardedArray<float> db = new(s.OutChannels);
            ConvolutionKernel.Forward(s, x.Pointer, w.Pointer, y.Pointer, default);
            ConvolutionKernel.InputGradient(s, dy.Pointer, w.Pointer, dx.Pointer, default);
            ConvolutionKernel.WeightGradient(s, x.Pointer, dy.Pointer, dw.Pointer);
            ConvolutionKernel.BiasGradient(s.Batch * s.OutHeight * s.OutWidth, s.OutChannels, dy.Pointer, db.Pointer);
            return [y.Span.ToArray(), dx.Span.ToArray(), dw.Span.ToArray(), db.Span.ToArray()];
        }
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 5)]
    [InlineData(7, 1)]
    [InlineData(1000, 3)]
    [InlineData(9999, 32)]
    [InlineData(130, 100)]
    public void A_bias_gradient_is_the_sum_of_the_rows(int rows, int channels)
    {
        System.Random random = new(rows);
        using GuardedArray<float> dy = new((nint)rows * channels, random);
        using GuardedArray<float> db = new(channels);
        double[] expected = new double[channels];
        double[] scale = new double[channels];
        for (int i = 0; i < rows * channels; i++)
        {
            expected[i % channels] += dy.Span[i];
            scale[i % channels] += Math.Abs(dy.Span[i]);
        }
        ConvolutionKernel.BiasGradient(rows, channels, dy.Pointer, db.Pointer);
        db.AssertNear(expected, scale, $"{rows} rows of {channels}");
    }

    private static ConvolutionShape RandomShape(System.Random random)
    {
        int channels = random.Next(4) == 0 ? random.Next(1, 41) : random.Next(1, 6);
        int results = random.Next(4) == 0 ? random.Next(1, 41) : random.Next(1, 6);
        ConvolutionShape s = new(
            random.Next(1, 4), channels, random.Next(1, 12), random.Next(1, 12), results, 0, 0, random.Next(1, 5), random.Next(1, 5),
            random.Next(1, 4), random.Next(1, 4), random.Next(0, 4), random.Next(0, 4), random.Next(1, 3), random.Next(1, 3));
        return s with
        {
            OutHeight = Size(s.InHeight, s.KernelHeight, s.StrideHeight, s.PaddingHeight, s.DilationHeight),
            OutWidth = Size(s.InWidth, s.KernelWidth, s.StrideWidth, s.PaddingWidth, s.DilationWidth),
        };

        static int Size(int size, int kernel, int stride, int padding, int dilation)
        {
            int last = size + (2 * padding) - (dilation * (kernel - 1)) - 1;
            return last < 0 ? 0 : (last / stride) + 1;
        }
    }

    private static void Check<T>(ConvolutionShape s, System.Random random)
        where T : unmanaged, INumber<T>
    {
        using GuardedArray<T> x = new(s.Batch * s.InImage, random);
        using GuardedArray<T> w = new(s.OutChannels * s.InChannels * s.Taps, random);
        using GuardedArray<T> dy = new(s.Batch * s.OutImage, random);
        using GuardedArray<T> y = new(dy.Length);
        using GuardedArray<T> dx = new(x.Length);
        using GuardedArray<T> dw = new(w.Length);
        using GuardedArray<T> bias = new(Math.Max(s.InChannels, s.OutChannels), random);
        T* biasPointer = random.Next(2) == 0 ? bias.Pointer : null;
        bool relu = random.Next(2) == 0;
        bool masked = random.Next(2) == 0;
        string what = $"{typeof(T).Name} {s} bias {biasPointer != null} relu {relu} mask {masked}";

        Epilogue<T> forward = new(biasPointer, relu, masked ? dy.Pointer : null);
        ConvolutionKernel.Forward(s, x.Pointer, w.Pointer, y.Pointer, forward);
        (double[] value, double[] scale) = ConvolutionOracle.Forward(s, x.Pointer, w.Pointer);
        ConvolutionOracle.Finish(value, s.OutChannels, forward);
        y.AssertNear(value, scale, "forward " + what);

        Epilogue<T> backward = new(biasPointer, relu, masked ? x.Pointer : null);
        ConvolutionKernel.InputGradient(s, dy.Pointer, w.Pointer, dx.Pointer, backward);
        (value, scale) = ConvolutionOracle.InputGradient(s, dy.Pointer, w.Pointer);
        ConvolutionOracle.Finish(value, s.InChannels, backward);
        dx.AssertNear(value, scale, "input gradient " + what);

        ConvolutionKernel.WeightGradient(s, x.Pointer, dy.Pointer, dw.Pointer);
        (value, scale) = ConvolutionOracle.WeightGradient(s, x.Pointer, dy.Pointer);
        dw.AssertNear(value, scale, "weight gradient " + what);
    }
}
