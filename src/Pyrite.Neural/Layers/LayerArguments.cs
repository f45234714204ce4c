using System.Runtime.CompilerServices;

namespace Pyrite.Layers;

/// <summary>Checks that several layers have in common.</summary>
internal static class LayerArguments
{
    /// <summary>Refuses numbers of channels that make no convolution.</summary>
    public static void CheckConvolution(int inChannels, int outChannels, int groups)
    {
        AtLeast(1, inChannels);
        AtLeast(1, outChannels);
        AtLeast(1, groups);
        if (inChannels % groups != 0 || outChannels % groups != 0)
        {
            throw new ArgumentException($"{inChannels} and {outChannels} channels do not split into {groups} groups; both must be multiples.",
                nameof(groups));
        }
    }

    /// <summary>Refuses numbers that make no convolution along an axis.</summary>
    public static void CheckAxis(int kernelSize, int stride, int padding, int dilation)
    {
        AtLeast(1, kernelSize);
        AtLeast(1, stride);
        AtLeast(0, padding);
        AtLeast(1, dilation);
    }

    /// <summary>Refuses an input with other axes than [N, channels, axes].</summary>
    public static void CheckChannels(Module layer, Tensor x, int rank, int channels, string axes)
    {
        if (x.Rank != rank || x.Shape[1] != channels)
        {
            throw new ArgumentException(
                $"{layer} takes inputs [N, {channels}, {axes}]; found shape {x.Shape}. Reshape the input, or build the layer for its channels.",
                    nameof(x));
        }
    }

    /// <summary>Refuses an output padding that no input size would need.</summary>
    public static void CheckOutputPadding(int outputPadding, int stride, int dilation)
    {
        if (outputPadding < 0 || (outputPadding >= stride && outputPadding >= dilation))
        {
            throw new ArgumentOutOfRangeException(nameof(outputPadding), outputPadding,
                $"The output padding must be 0 or more and less than stride ({stride}) or dilation ({dilation}).");
        }
    }

    /// <summary>A vector as a tensor of a given rank whose axis 1 it fills: for scales and shifts of channels.</summary>
    public static Tensor AlongAxis1(Tensor vector, int rank)
    {
        Span<int> sizes = stackalloc int[rank];
        sizes.Fill(1);
        sizes[1] = vector.Count;
        return vector.Reshape(Shape.Create(sizes));
    }

    private static void AtLeast(int least, int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
}
