using System.Numerics;
using Pyrite.Kernels.Convolution;
using Pyrite.Kernels.Products;

namespace Pyrite.Kernels;

/// <summary>Convolution and its gradients as the definition says, in double precision, with the sums of magnitudes.</summary>
internal static unsafe class ConvolutionOracle
{
    public static (double[] Value, double[] Scale) Forward<T>(ConvolutionShape s, T* x, T* w)
        where T : unmanaged, INumber<T>
    {
        Sums sums = new(s.Batch * s.OutImage);
        Visit(s, (input, output, weight) => sums.Add(output, x[input], w[weight]));
        return (sums.Value, sums.Scale);
    }

    public static (double[] Value, double[] Scale) InputGradient<T>(ConvolutionShape s, T* dy, T* w)
        where T : unmanaged, INumber<T>
    {
        Sums sums = new(s.Batch * s.InImage);
        Visit(s, (input, output, weight) => sums.Add(input, dy[output], w[weight]));
        return (sums.Value, sums.Scale);
    }

    public static (double[] Value, double[] Scale) WeightGradient<T>(ConvolutionShape s, T* x, T* dy)
        where T : unmanaged, INumber<T>
    {
        Sums sums = new((nint)s.OutChannels * s.InChannels * s.Taps);
        Visit(s, (input, output, weight) => sums.Add(weight, x[input], dy[output]));
        return (sums.Value, sums.Scale);
    }

    public static void Finish<T>(double[] values, int channels, Epilogue<T> epilogue)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += epilogue.Bias == null ? 0 : double.CreateChecked(epilogue.Bias[i % channels]);
            values[i] = epilogue.Relu ? Math.Max(values[i], 0) : values[i];
            values[i] = epilogue.Mask != null && epilogue.Mask[i] <= T.Zero ? 0 : values[i];
        }
    }

    private static void Visit(ConvolutionShape s, Action<nint, nint, nint> visit)
    {
        for (int position = 0; position < s.Batch * s.OutHeight * s.OutWidth * s.Taps; position++)
        {
            int tap = position % s.Taps;
            int pixel = position / s.Taps;
            int ow = pixel % s.OutWidth;
            int oh = pixel / s.OutWidth % s.OutHeight;
            int n = pixel / s.OutWidth / s.OutHeight;
            int ih = (oh * s.StrideHeight) + (tap / s.KernelWidth * s.DilationHeight) - s.PaddingHeight;
            int iw = (ow * s.StrideWidth) + (tap % s.KernelWidth * s.DilationWidth) - s.PaddingWidth;
            if (ih < 0 || iw < 0 || ih >= s.InHeight || iw >= s.InWidth)
            {
                continue;
            }
            nint input = (n * s.InImage) + ((((nint)ih * s.InWidth) + iw) * s.InChannels);
            for (int o = 0; o < s.OutChannels; o++)
            {
                for (int i = 0; i < s.InChannels; i++)
                {
                    visit(input + i, ((nint)pixel * s.OutChannels) + o, ((((nint)o * s.InChannels) + i) * s.Taps) + tap);
                }
            }
        }
    }

    private sealed class Sums(nint length)
    {
        public double[] Value { get; } = new double[length];

        public double[] Scale { get; } = new double[length];

        public void Add<T>(nint at, T left, T right)
            where T : INumber<T>
        {
            double term = double.CreateChecked(left) * double.CreateChecked(right);
            Value[at] += term;
            Scale[at] += Math.Abs(term);
        }
    }
}
