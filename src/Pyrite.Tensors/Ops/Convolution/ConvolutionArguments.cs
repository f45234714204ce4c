using Pyrite.Engine;
using Pyrite.Kernels.Convolution;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Elementwise;

namespace Pyrite.Ops.Convolution;

/// <summary>Checks what the two convolutions have in common.</summary>
internal static class ConvolutionArguments
{
    /// <summary>Refuses arguments whose shapes or numbers make no convolution.</summary>
    public static void Check(string operation, Tensor x, Tensor weight, Tensor? bias, int stride, int padding, int dilation, int channelAxis,
        int outAxis)
    {
        string order = channelAxis == 1 ? "[out, in, height, width]" : "[in, out, height, width]";
        if (x.Rank != 4 || weight.Rank != 4)
        {
            throw new ArgumentException(
                $"{operation}: images [N, C, H, W] and a weight {order} are needed; found shapes {x.Shape} and {weight.Shape}. Reshape a single "
                    + "image to [1, C, H, W].");
        }
        if (x.Shape[1] != weight.Shape[channelAxis])
        {
            throw new ArgumentException(
                $"{operation}: the images have {x.Shape[1]} channels (shape {x.Shape}), the "
                    + $"weight {weight.Shape} = {order} takes {weight.Shape[channelAxis]}.");
        }
        if (bias is not null && bias.Shape != [weight.Shape[outAxis]])
        {
            throw new ArgumentException(
                $"{operation}: the bias needs shape [{weight.Shape[outAxis]}], one value an output channel; found {bias.Shape}.");
        }
        if (stride < 1 || padding < 0 || dilation < 1)
        {
            throw new ArgumentException(
                $"{operation}: stride and dilation must be at least 1 and padding at least 0; found stride {stride}, padding {padding}, "
                    + $"dilation {dilation}.");
        }
    }

    /// <summary>Refuses a result without pixels.</summary>
    public static void CheckResult(string operation, Tensor x, Tensor weight, int height, int width)
    {
        if (height < 1 || width < 1)
        {
            throw new ArgumentException(
                $"{operation}: images {x.Shape} and a kernel of {weight.Shape[2]} x {weight.Shape[3]} would give a result "
                    + $"of {height} x {width} pixels. Use a smaller kernel or dilation, or more padding.");
        }
    }

    /// <summary>Both operands in one type, images channels-last.</summary>
    public static (Tensor Image, Tensor Other) Prepare(string operation, Tensor image, Tensor other, bool otherIsImage)
    {
        (image, other) = Operands.Align(operation, image, other, keepsIntegers: false);
        return (image.In(Layout.ChannelsLast), other.In(otherIsImage ? Layout.ChannelsLast : Layout.RowMajor));
    }

    /// <summary>Whether every result pixel depends on one pixel: such a convolution is a matrix product.</summary>
    public static bool IsPointwise(in ConvolutionShape s) =>
        s is { KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1, PaddingHeight: 0, PaddingWidth: 0 };
}
