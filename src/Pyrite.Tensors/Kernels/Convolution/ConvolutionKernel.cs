using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Products;
using Pyrite.Kernels.Reductions;
using Pyrite.Kernels.Threads;

namespace Pyrite.Kernels.Convolution;

/// <summary>Two-dimensional convolutions over channels-last images, and their gradients.</summary>
/// <remarks>Threads share images, or bands of rows of an image; no bit of a result depends on their number.</remarks>
internal static unsafe class ConvolutionKernel
{
    private const long TaskWork = 200_000;

    /// <summary>Output y of the convolution; the epilogue's bias is per output channel.</summary>
    public static void Forward<T>(in ConvolutionShape s, T* x, T* w, T* y, in Epilogue<T> epilogue)
        where T : unmanaged
    {
        if (IsPointwise(s))
        {
            MatrixKernel.Multiply(Pixels(s), s.OutChannels, s.InChannels, x, s.InChannels, 1, w, 1, s.InChannels, y, s.OutChannels, false, epilogue);
            return;
        }
        RunDirect(s, gradient: false, x, w, y, s.OutImage, epilogue);
    }

    /// <summary>Gradient dx from dy, which is also the output of the transposed convolution; the epilogue's bias is per input channel.</summary>
    public static void InputGradient<T>(in ConvolutionShape s, T* dy, T* w, T* dx, in Epilogue<T> epilogue)
        where T : unmanaged
    {
        if (IsPointwise(s))
        {
            MatrixKernel.Multiply(Pixels(s), s.InChannels, s.OutChannels, dy, s.OutChannels, 1, w, s.InChannels, 1, dx, s.InChannels, false,
                epilogue);
            return;
        }
        RunDirect(s, gradient: true, dy, w, dx, s.InImage, epilogue);
    }

    /// <summary>Gradient dw (overwritten, layout of the weights) from input x and output gradient dy.</summary>
    /// <remarks>For a transposed convolution x is the gradient of its result and dy its input.</remarks>
    public static void WeightGradient<T>(in ConvolutionShape s, T* x, T* dy, T* dw)
        where T : unmanaged
    {
        if (s.Batch == 0 || s.OutImage == 0 || s.InImage == 0)
        {
            new Span<T>(dw, s.OutChannels * s.InChannels * s.Taps).Clear();
            return;
        }
        if (IsPointwise(s))
        {
            MatrixKernel.Multiply(s.OutChannels, s.InChannels, Pixels(s), dy, 1, s.OutChannels, x, s.InChannels, 1, dw, s.InChannels, false, default);
            return;
        }
        ConvolutionWeightGradient<T> gradient = new(s);
        using Scratch<T> lanes = Scratch<T>.Rent(gradient.Lanes * gradient.LaneLength);
        WeightBody<T> body = new(gradient, x, dy, lanes.Pointer);
        Start(s.Work * s.Batch, gradient.Lanes, ref body);
        LaneSum.Fold(gradient.Lanes, gradient.LaneLength, lanes.Pointer, gradient.LaneLength);
        gradient.Unpack(lanes.Pointer, dw);
    }

    /// <summary>Sum of dy over its leading axes: db[channel] = Σ dy[row, channel], for rows = batch x height x width.</summary>
    public static void BiasGradient<T>(nint rows, int channels, T* dy, T* db)
        where T : unmanaged
        => ColumnSum.Run(rows, channels, dy, db);

    private static bool IsPointwise(in ConvolutionShape s) =>
        s is { KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1, PaddingHeight: 0, PaddingWidth: 0 };

    private static int Pixels(in ConvolutionShape s) => checked(s.Batch * s.OutHeight * s.OutWidth);

    private static void RunDirect<T>(in ConvolutionShape s, bool gradient, T* source, T* weights, T* result, nint resultImage,
        in Epilogue<T> epilogue)
        where T : unmanaged
    {
        if (s.Batch == 0 || resultImage == 0)
        {
            return;
        }
        int wanted = s.Batch * s.Work < BlockedProduct.ParallelWork ? 1 : 4 * WorkerPool.ThreadCount;
        DirectConvolution<T> convolution = new(s, gradient, (wanted + s.Batch - 1) / s.Batch);
        using Scratch<T> packed = Scratch<T>.Rent(convolution.PackedLength);
        convolution.Pack(weights, packed.Pointer);
        DirectBody<T> body = new(convolution, s, packed.Pointer, source, result, epilogue);
        Start(s.Work * s.Batch, body.Tasks, ref body);
    }

    private static void Start<TBody>(long work, int tasks, ref TBody body)
        where TBody : struct, IParallelBody
    {
        if (work >= BlockedProduct.ParallelWork)
        {
            WorkerPool.For(tasks, ref body);
            return;
        }
        for (int i = 0; i < tasks; i++)
        {
            body.Run(i);
        }
    }

    private readonly struct DirectBody<T>(
        DirectConvolution<T> convolution, ConvolutionShape s, T* packed, T* source, T* result, Epilogue<T> epilogue) : IParallelBody
        where T : unmanaged
    {
        // Small images are taken several at a time.
        private readonly int _images = (int)Math.Clamp(TaskWork / Math.Max(s.Work, 1), 1, Math.Max(s.Batch / 8, 1));

        public int Tasks => _images > 1 ? (s.Batch + _images - 1) / _images : s.Batch * convolution.Bands;

        public void Run(int index)
        {
            if (_images > 1)
            {
                int first = index * _images;
                convolution.RunImages(packed, source, result, epilogue, first, Math.Min(_images, s.Batch - first));
            }
            else
            {
                convolution.RunBand(packed, source, result, epilogue, index / convolution.Bands, index % convolution.Bands);
            }
        }
    }

    private readonly struct WeightBody<T>(ConvolutionWeightGradient<T> gradient, T* x, T* dy, T* lanes) : IParallelBody
        where T : unmanaged
    {
        public void Run(int index) => gradient.RunLane(x, dy, lanes + (index * gradient.LaneLength), index);
    }
}
