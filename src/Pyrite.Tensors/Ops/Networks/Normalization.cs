namespace Pyrite;

/// <summary>Activations brought to mean 0 and variance 1, vectors to length 1.</summary>
public static class Normalization
{
    extension(Tensor x)
    {
        /// <summary>Normalization over the last axes of each example (Ba, Kiros, Hinton 2016).</summary>
        /// <param name="axes">How many last axes are normalized together.</param>
        /// <param name="weight">Scale of the shape of those axes, or null.</param>
        /// <param name="bias">Shift of the shape of those axes, or null.</param>
        /// <param name="epsilon">Added to the variance.</param>
        public Tensor LayerNorm(int axes, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
        {
            int[] last = [.. Enumerable.Range(x.Rank - axes, axes)];
            return Affine(Standardized(x, last, epsilon), weight, bias);
        }

        /// <summary>Normalization of groups of channels (axis 1) of each example (Wu, He 2018).</summary>
        /// <param name="groups">Into how many groups the channels are split.</param>
        /// <param name="weight">One scale per channel, or null.</param>
        /// <param name="bias">One shift a channel, or null.</param>
        /// <param name="epsilon">Added to the variance.</param>
        /// <exception cref="ArgumentException">The channels are no multiple of the groups.</exception>
        public Tensor GroupNorm(int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
        {
            if (x.Rank < 2 || groups < 1 || x.Shape[1] % groups != 0)
            {
                throw new ArgumentException($"group norm: the channels of shape {x.Shape} (axis 1) must be a multiple of the {groups} groups.",
                    nameof(groups));
            }
            Tensor grouped = x.Reshape(x.Shape[0], groups, checked((int)(x.Shape[1..].Count / groups)));
            return Affine(Standardized(grouped, [2], epsilon).Reshape(x.Shape), ByChannel(weight, x.Rank), ByChannel(bias, x.Rank));
        }

        /// <summary>Normalization of each channel of each example (Ulyanov, Vedaldi, Lempitsky 2016).</summary>
        public Tensor InstanceNorm(Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
            x.GroupNorm(x.Shape[1], weight, bias, epsilon);

        /// <summary>Normalization of each channel (axis 1) over the batch (Ioffe, Szegedy 2015).</summary>
        /// <param name="weight">One scale per channel, or null.</param>
        /// <param name="bias">One shift a channel, or null.</param>
        /// <param name="runningMean">One running mean per channel.</param>
        /// <param name="runningVariance">One running variance a channel.</param>
        /// <param name="isTraining">Whether the batch's own statistics are used and the running ones move towards them.</param>
        /// <param name="momentum">Weight of the batch in the new running statistics.</param>
        /// <param name="epsilon">Added to the variance.</param>
        /// <returns>The result and the new running statistics (unbiased variance); running statistics carry no gradient.</returns>
        /// <exception cref="ArgumentException">Training with a single value per channel.</exception>
        public (Tensor Result, Tensor Mean, Tensor Variance) BatchNorm(Tensor? weight, Tensor? bias, Tensor runningMean, Tensor runningVariance,
            bool isTraining, double momentum = 0.1, double epsilon = 1e-5)
        {
            if (!isTraining)
            {
                Tensor shifted = (x - ByChannel(runningMean, x.Rank)!) * (ByChannel(runningVariance, x.Rank)! + epsilon).ReciprocalSqrt();
                return (Affine(shifted, ByChannel(weight, x.Rank), ByChannel(bias, x.Rank)), runningMean, runningVariance);
            }
            int[] axes = [.. Enumerable.Range(0, x.Rank).Where(axis => axis != 1)];
            long count = x.Shape.Count / Math.Max(1, x.Shape[1]);
            if (count < 2)
            {
                throw new ArgumentException(
                    $"batch norm: training needs more than one value per channel; shape {x.Shape} has {count}. Use a larger batch, or evaluation "
                        + "mode.");
            }
            Tensor mean = x.Mean(axes, keepDimensions: true);
            Tensor centred = x - mean;
            Tensor variance = centred.Square().Mean(axes, keepDimensions: true);
            Tensor result = Affine(centred * (variance + epsilon).ReciprocalSqrt(), ByChannel(weight, x.Rank), ByChannel(bias, x.Rank));
            double unbiased = (double)count / (count - 1);
            Tensor newMean = ((1 - momentum) * runningMean) + (momentum * mean.Detach().Reshape(-1));
            Tensor newVariance = ((1 - momentum) * runningVariance) + (momentum * unbiased * variance.Detach().Reshape(-1));
            return (result, newMean, newVariance);
        }

        /// <summary>Division by the root of the mean square over the last axes (Zhang, Sennrich 2019).</summary>
        /// <param name="axes">How many last axes are taken together.</param>
        /// <param name="weight">Scale of the shape of those axes, or null.</param>
        /// <param name="epsilon">Added to the mean square.</param>
        public Tensor RmsNorm(int axes, Tensor? weight = null, double epsilon = 1e-6)
        {
            int[] last = [.. Enumerable.Range(x.Rank - axes, axes)];
            return Affine(x * (x.Square().Mean(last, keepDimensions: true) + epsilon).ReciprocalSqrt(), weight, null);
        }

        /// <summary>Vectors along an axis divided by their norm, which counts as at least <paramref name="smallest"/>.</summary>
        public Tensor Normalize(double order = 2, int axis = -1, double smallest = 1e-12) =>
            x / x.Norm([axis], order, keepDimensions: true).Clamp(smallest);

        /// <summary>The cosine of the angle between vectors along an axis; norms count as at least <paramref name="smallest"/>.</summary>
        public Tensor CosineSimilarity(Tensor other, int axis = -1, double smallest = 1e-8) =>
            (x * other).Sum(axis) / (x.Norm([axis]).Clamp(smallest) * other.Norm([axis]).Clamp(smallest));
    }

    private static Tensor Standardized(Tensor x, int[] axes, double epsilon)
    {
        Tensor centred = x - x.Mean(axes, keepDimensions: true);
        return centred * (centred.Square().Mean(axes, keepDimensions: true) + epsilon).ReciprocalSqrt();
    }

    private static Tensor Affine(Tensor x, Tensor? weight, Tensor? bias)
    {
        Tensor scaled = weight is null ? x : x * weight;
        return bias is null ? scaled : scaled + bias;
    }

    /// <summary>One value per channel, shaped to broadcast along axis 1.</summary>
    private static Tensor? ByChannel(Tensor? values, int rank)
    {
        if (values is null)
        {
            return null;
        }
        int[] sizes = [.. Enumerable.Repeat(1, rank)];
        sizes[1] = values.Count;
        return values.Reshape(sizes);
    }
}
