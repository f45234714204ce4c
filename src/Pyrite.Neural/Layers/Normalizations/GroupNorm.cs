using Pyrite.Layers;
using Pyrite.Layers.Normalizations;

namespace Pyrite;

/// <summary>Gives each group of channels of each example mean 0 and variance 1, then each channel a learnt scale and shift.</summary>
/// <remarks>Wu and He (2018). [N, C, ..]; same shape as the input.</remarks>
public sealed class GroupNorm : Layer
{
    private readonly int groups;
    private readonly int channels;
    private readonly double epsilon;

    /// <summary>A layer for so many channels in so many groups.</summary>
    /// <param name="groups">Number of groups; it divides the channels.</param>
    /// <param name="channels">Size of axis 1.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether scale and shift are learnt.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5, bool affine = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (channels % groups != 0)
        {
            throw new ArgumentException($"{channels} channels do not fall into {groups} equal groups. Choose a divisor.", nameof(groups));
        }
        this.groups = groups;
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
    /// <exception cref="ArgumentException">The input is not [N, C, ..] with that many channels.</exception>
    public override Tensor Forward(Tensor x)
    {
        if (x.Rank < 2 || x.Shape[1] != channels)
        {
            throw new ArgumentException($"{Label} takes [N, {channels}, ..]; the input has shape {x.Shape}.", nameof(x));
        }
        Tensor result = Standardization.Apply(x.Reshape(x.Shape[0], groups, -1), [2], epsilon).Reshape(x.Shape);
        result = Weight is null ? result : result * LayerArguments.AlongAxis1(Weight, x.Rank);
        return Bias is null ? result : result + LayerArguments.AlongAxis1(Bias, x.Rank);
    }
}
