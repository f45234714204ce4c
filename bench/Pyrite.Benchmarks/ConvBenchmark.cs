using Pyrite.Kernels.Convolution;

namespace Pyrite.Benchmarks;

/// <summary>The VAE's five convolutions on a batch of 128: forward, input gradient and weight gradient.</summary>
internal sealed unsafe class ConvBenchmark : Benchmark
{
    private const int BatchSize = 128;

    private static readonly (string Name, ConvolutionShape Shape, bool IsTransposed)[] Layers =
    [
        ("conv1", ConvolutionShape.Forward(BatchSize, 1, 28, 28, 16, 3, 3, 1, 1), false),
        ("conv2", ConvolutionShape.Forward(BatchSize, 16, 28, 28, 32, 3, 3, 2, 1), false),
        ("conv3", ConvolutionShape.Forward(BatchSize, 32, 14, 14, 32, 3, 3, 1, 1), false),
        ("deconv1", ConvolutionShape.Transposed(BatchSize, 32, 14, 14, 32, 3, 3, 2, 1, 1, 1), true),
        ("deconv2", ConvolutionShape.Forward(BatchSize, 32, 28, 28, 1, 3, 3, 1, 1), false),
    ];

    public override string Name => "conv";

    public override string Description => "the VAE's five convolutions, batch 128, forward and gradients: share of the FMA peak  [--short]";

    public override BenchmarkReport Run(BenchmarkOptions options)
    {
        BenchmarkReport report = new(Name);
        Timing timing = options.Timing(4 + (6 * Layers.Length));
        PeakRate.AddTo(report, timing);
        foreach ((string name, ConvolutionShape shape, bool isTransposed) in Layers)
        {
            Add(report, timing, name, shape, isTransposed);
        }

        return report;
    }

    private static void Add(BenchmarkReport report, Timing timing, string name, ConvolutionShape shape, bool isTransposed)
    {
        using Buffer inside = new(BatchSize * shape.InImage);
        using Buffer outside = new(BatchSize * shape.OutImage);
        using Buffer weights = new(shape.OutChannels * shape.InChannels * shape.Taps);
        Action forward = () => ConvolutionKernel.Forward(shape, inside.Pointer, weights.Pointer, outside.Pointer, default);
        Action gradient = () => ConvolutionKernel.InputGradient(shape, outside.Pointer, weights.Pointer, inside.Pointer, default);
        Action weight = () => ConvolutionKernel.WeightGradient(shape, inside.Pointer, outside.Pointer, weights.Pointer);

        // A transposed convolution is the input gradient of the convolution that describes it.
        (forward, gradient) = isTransposed ? (gradient, forward) : (forward, gradient);
        double operations = 2.0 * shape.Work * BatchSize;
        report.AddShares($"{name}_forward", timing.OneAndAllThreads(forward), operations)
            .AddShares($"{name}_input_gradient", timing.OneAndAllThreads(gradient), operations)
            .AddShares($"{name}_weight_gradient", timing.OneAndAllThreads(weight), operations);
    }

    /// <summary>Aligned memory of its own.</summary>
    private sealed class Buffer : IDisposable
    {
        public Buffer(nint count)
        {
            Pointer = (float*)System.Runtime.InteropServices.NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 128);
            new Span<float>(Pointer, (int)count).Fill(0.01f);
        }

        public float* Pointer { get; }

        public void Dispose() => System.Runtime.InteropServices.NativeMemory.AlignedFree(Pointer);
    }
}
