using System.Numerics;

namespace Pyrite.Kernels;

/// <summary>Two-dimensional convolutions over channels-last images, and their gradients.</summary>
internal static unsafe class ConvolutionKernel
{
    /// <summary>Output y of the convolution; the epilogue's bias is per output channel.</summary>
    public static void Forward<T>(in ConvolutionShape s, T* x, T* w, T* y, in Epilogue<T> epilogue)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            PlainForward(s, (float*)x, (float*)w, (float*)y, new((float*)epilogue.Bias, epilogue.Relu, (float*)epilogue.Mask));
        }
        else
        {
            PlainForward(s, (double*)x, (double*)w, (double*)y, new((double*)epilogue.Bias, epilogue.Relu, (double*)epilogue.Mask));
        }
    }

    /// <summary>Gradient dx from dy, which is also the output of the transposed convolution; the epilogue's bias is per input channel.</summary>
    public static void InputGradient<T>(in ConvolutionShape s, T* dy, T* w, T* dx, in Epilogue<T> epilogue)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            PlainInputGradient(s, (float*)dy, (float*)w, (float*)dx, new((float*)epilogue.Bias, epilogue.Relu, (float*)epilogue.Mask));
        }
        else
        {
            PlainInputGradient(s, (double*)dy, (double*)w, (double*)dx, new((double*)epilogue.Bias, epilogue.Relu, (double*)epilogue.Mask));
        }
    }

    /// <summary>Gradient dw (overwritten, layout of the weights) from input x and output gradient dy.</summary>
    /// <remarks>For a transposed convolution x is the gradient of its result and dy its input.</remarks>
    public static void WeightGradient<T>(in ConvolutionShape s, T* x, T* dy, T* dw)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            PlainWeightGradient(s, (float*)x, (float*)dy, (float*)dw);
        }
        else
        {
            PlainWeightGradient(s, (double*)x, (double*)dy, (double*)dw);
        }
    }

    /// <summary>Sum of dy over its leading axes: db[channel] = Σ dy[row, channel], for rows = batch x height x width.</summary>
    public static void BiasGradient<T>(nint rows, int channels, T* dy, T* db)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            PlainBiasGradient(rows, channels, (float*)dy, (float*)db);
        }
        else
        {
            PlainBiasGradient(rows, channels, (double*)dy, (double*)db);
        }
    }

    private static void PlainForward<T>(ConvolutionShape s, T* x, T* w, T* y, Epilogue<T> epilogue)
        where T : unmanaged, INumber<T>
    {
        new Span<T>(y, checked((int)(s.Batch * s.OutImage))).Clear();
        foreach ((nint input, nint output, nint weight) in Pairs(s))
        {
            y[output] += x[input] * w[weight];
        }
        Finish(s.Batch * s.OutImage, s.OutChannels, y, epilogue);
    }

    private static void PlainInputGradient<T>(ConvolutionShape s, T* dy, T* w, T* dx, Epilogue<T> epilogue)
        where T : unmanaged, INumber<T>
    {
        new Span<T>(dx, checked((int)(s.Batch * s.InImage))).Clear();
        foreach ((nint input, nint output, nint weight) in Pairs(s))
        {
            dx[input] += dy[output] * w[weight];
        }
        Finish(s.Batch * s.InImage, s.InChannels, dx, epilogue);
    }

    private static void PlainWeightGradient<T>(ConvolutionShape s, T* x, T* dy, T* dw)
        where T : unmanaged, INumber<T>
    {
        new Span<T>(dw, s.OutChannels * s.InChannels * s.Taps).Clear();
        foreach ((nint input, nint output, nint weight) in Pairs(s))
        {
            dw[weight] += x[input] * dy[output];
        }
    }

    private static void PlainBiasGradient<T>(nint rows, int channels, T* dy, T* db)
        where T : unmanaged, INumber<T>
    {
        new Span<T>(db, channels).Clear();
        for (nint i = 0; i < rows * channels; i++)
        {
            db[i % channels] += dy[i];
        }
    }

    private static void Finish<T>(nint count, int channels, T* y, Epilogue<T> epilogue)
        where T : unmanaged, INumber<T>
    {
        for (nint i = 0; i < count; i++)
        {
            T value = y[i] + (epilogue.Bias == null ? T.Zero : epilogue.Bias[i % channels]);
            value = epilogue.Relu && value < T.Zero ? T.Zero : value;
            y[i] = epilogue.Mask != null && epilogue.Mask[i] <= T.Zero ? T.Zero : value;
        }
    }

    private static IEnumerable<(nint Input, nint Output, nint Weight)> Pairs(ConvolutionShape s)
    {
        for (int n = 0; n < s.Batch; n++)
        {
            for (int position = 0; position < s.OutHeight * s.OutWidth * s.Taps; position++)
            {
                int oh = position / s.Taps / s.OutWidth;
                int ow = position / s.Taps % s.OutWidth;
                int kh = position % s.Taps / s.KernelWidth;
                int kw = position % s.KernelWidth;
                int ih = (oh * s.StrideHeight) + (kh * s.DilationHeight) - s.PaddingHeight;
                int iw = (ow * s.StrideWidth) + (kw * s.DilationWidth) - s.PaddingWidth;
                if (ih < 0 || iw < 0 || ih >= s.InHeight || iw >= s.InWidth)
                {
                    continue;
                }
                nint input = (n * s.InImage) + ((((nint)ih * s.InWidth) + iw) * s.InChannels);
                nint output = (n * s.OutImage) + ((((nint)oh * s.OutWidth) + ow) * s.OutChannels);
                for (int o = 0; o < s.OutChannels; o++)
                {
                    for (int i = 0; i < s.InChannels; i++)
                    {
                        yield return (input + i, output + o, ((((nint)o * s.InChannels) + i) * s.Taps) + (kh * s.KernelWidth) + kw);
                    }
                }
            }
        }
    }
}
