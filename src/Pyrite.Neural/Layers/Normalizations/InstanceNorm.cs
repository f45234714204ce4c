using Pyrite.Layers;
using Pyrite.Layers.Normalizations;

namespace Pyrite;

/// <summary>Gives each channel of each example mean 0 and variance 1.</summary>
/// <remarks>Ulyanov, Vedaldi and Lempitsky (2016). [N, C, ..] with at least one axis after the channels; same shape as the input. Training and
/// evaluation are the same.</remarks>
public sealed class InstanceNorm : Layer
{
    private readonly int channels;
    private readonly double epsilon;

    /// <summary>A layer for so many channels.</summary>
    /// <param name="channels">Size of axis 1.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether scale and shift of each channel are learnt.</param>
    public InstanceNorm(int channels, double epsilon = 1e-5, bool affine = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        this.channels = channels;
        this.epsilon = epsilon;
        Weight = affine ? AddParameter("weight", [channels], Initializer.Ones) : null;
        Bias = affine ? AddParameter("bias", [channels], Initializer.Zeros) : null;
    }

    /// <summary>The scale of each channel, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>The shift of each channel, or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The normalized input.</summary>
    /// <exception cref="ArgumentException">The input is not [N, C, ..] with that many channels and further axes.</exception>
    public override Tensor Forward(Tensor x)
    {
        if (x.Rank < 3 || x.Shape[1] != channels)
        {
            throw new ArgumentException($"{Label} takes [N, {channels}, ..] with axes after the channels; the input has shape {x.Shape}.", nameof(x));
        }
        int[] axes = [.. Enumerable.Range(2, x.Rank - 2)];
        Tensor result = Standardization.Apply(x, axes, epsilon);
        result = Weight is null ? result : result * LayerArguments.AlongAxis1(Weight, x.Rank);
        return Bias is null ? result : result + LayerArguments.AlongAxis1(Bias, x.Rank);
    }
}
