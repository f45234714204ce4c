using Pyrite.Layers;

namespace Pyrite;

/// <summary>Gives each channel mean 0 and variance 1 over the batch, then a learnt scale and shift.</summary>
/// <remarks>Ioffe and Szegedy (2015). In training the batch's own statistics are used (the biased variance) and the running ones updated (with the
/// unbiased variance); in evaluation the running ones are used.</remarks>
public abstract class BatchNorm : Layer
{
    private readonly double epsilon;
    private readonly double? momentum;
    private readonly ModuleBuffer batches;

    private protected BatchNorm(int channels, double epsilon, double? momentum, bool affine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        this.epsilon = epsilon;
        this.momentum = momentum;
        Weight = affine ? AddParameter("weight", [channels], Initializer.Ones) : null;
        Bias = affine ? AddParameter("bias", [channels], Initializer.Zeros) : null;
        RunningMean = AddBuffer("running_mean", Tensor.Zeros(channels));
        RunningVariance = AddBuffer("running_var", Tensor.Ones(channels));
        batches = AddBuffer("num_batches_tracked", Tensor.From([0L]).Reshape(Shape.Scalar));
    }

    /// <summary>The scale of each channel, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>The shift of each channel, or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The running mean of each channel.</summary>
    public ModuleBuffer RunningMean { get; }

    /// <summary>The running variance of each channel.</summary>
    public ModuleBuffer RunningVariance { get; }

    private protected abstract string ShapeText { get; }

    /// <summary>The normalized input; same shape.</summary>
    /// <exception cref="ArgumentException">The shape does not fit, or a channel has a single value in training.</exception>
    public override Tensor Forward(Tensor x)
    {
        int channels = RunningMean.Shape[0];
        if (!IsRank(x.Rank) || x.Shape[1] != channels)
        {
            throw new ArgumentException(
                $"{Label} takes {string.Format(System.Globalization.CultureInfo.InvariantCulture, ShapeText, channels)}; the input has "
                    + $"shape {x.Shape}.", nameof(x));
        }
        (Tensor mean, Tensor variance) = IsTraining ? Measure(x) : (RunningMean.Value, RunningVariance.Value);
        Tensor scale = 1.0 / (variance + epsilon).Sqrt();
        if (Weight is not null)
        {
            scale *= Weight;
        }
        Tensor centred = x - LayerArguments.AlongAxis1(mean, x.Rank);
        Tensor result = centred * LayerArguments.AlongAxis1(scale, x.Rank);
        return Bias is null ? result : result + LayerArguments.AlongAxis1(Bias, x.Rank);
    }

    private protected abstract bool IsRank(int rank);

    private (Tensor Mean, Tensor Variance) Measure(Tensor x)
    {
        int[] axes = [0, .. Enumerable.Range(2, x.Rank - 2)];
        int count = x.Count / x.Shape[1];
        if (count < 2)
        {
            throw new ArgumentException(
                $"{Label} needs more than one value for each channel in training; the input has shape {x.Shape}. Use a larger batch, or Eval().",
                    nameof(x));
        }
        Tensor mean = x.Mean(axes);
        Tensor variance = (x - LayerArguments.AlongAxis1(mean, x.Rank)).Square().Mean(axes);
        using NoGradient.Scope untracked = NoGradient.Begin();
        batches.Assign(batches.Value + 1);
        double weight = momentum ?? 1 / batches.Value.Item();
        RunningMean.Assign(((1 - weight) * RunningMean.Value) + (weight * mean));
        RunningVariance.Assign(((1 - weight) * RunningVariance.Value) + (weight * count / (count - 1) * variance));
        return (mean, variance);
    }
}
