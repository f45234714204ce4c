using Pyrite.Text;

namespace Pyrite;

/// <summary>Losses of predictions (the tensor they are called on) against targets, as networks use them.</summary>
/// <remarks>
/// Predictions and targets have one shape: [50, 1] against [50] would broadcast to a table of 50 by 50 and average that, so it is refused. A plain C#
/// number may stand for either.
/// </remarks>
public static class Losses
{
    private static readonly double SmallestProbability = Math.Exp(-100);

    extension(Tensor prediction)
    {
        /// <summary>(prediction - target)².</summary>
        public Tensor MeanSquaredError(Tensor target, LossReduction reduction = LossReduction.Mean) =>
            Reduce(Difference("mean squared error", prediction, target).Square(), reduction);

        /// <summary>|prediction - target|.</summary>
        public Tensor AbsoluteError(Tensor target, LossReduction reduction = LossReduction.Mean) =>
            Reduce(Difference("absolute error", prediction, target).Abs(), reduction);

        /// <summary>½ d² for |d| up to delta, then delta · (|d| - ½ delta) (Huber 1964).</summary>
        public Tensor HuberLoss(Tensor target, double delta = 1, LossReduction reduction = LossReduction.Mean)
        {
            Tensor difference = Difference("Huber loss", prediction, target);
            Tensor size = difference.Abs();
            return Reduce(Tensor.Where(size < delta, 0.5 * difference.Square(), delta * (size - (0.5 * delta))), reduction);
        }

        /// <summary>Huber's loss divided by beta: ½ d² / beta for |d| up to beta, then |d| - ½ beta.</summary>
        public Tensor SmoothAbsoluteError(Tensor target, double beta = 1, LossReduction reduction = LossReduction.Mean) =>
            beta == 0 ? prediction.AbsoluteError(target, reduction) : prediction.HuberLoss(target, beta, reduction) / beta;

        /// <summary>-(t log p + (1 - t) log(1 - p)) of probabilities; logarithms are cut off at -100.</summary>
        public Tensor BinaryCrossEntropy(Tensor target, LossReduction reduction = LossReduction.Mean)
        {
            RequireOneShape("binary cross entropy", prediction, target);
            return Reduce(-((target * CutLog(prediction)) + ((1.0 - target) * CutLog(1.0 - prediction))), reduction);
        }

        /// <summary>The binary cross entropy of logits, exact for any size of them.</summary>
        /// <param name="target">Probabilities from 0 to 1.</param>
        /// <param name="positiveWeight">Weight of the positive class; broadcasts to the shape of the predictions.</param>
        /// <param name="reduction">How losses are combined.</param>
        public Tensor BinaryCrossEntropyWithLogits(Tensor target, Tensor? positiveWeight = null, LossReduction reduction = LossReduction.Mean)
        {
            RequireOneShape("binary cross entropy with logits", prediction, target);
            RequireNoWider("binary cross entropy with logits", prediction, positiveWeight, "weights of the positive class");
            Tensor tail = (-prediction).Softplus();
            Tensor weighted = positiveWeight is null ? tail : (1.0 + ((positiveWeight - 1.0) * target)) * tail;
            return Reduce(((1.0 - target) * prediction) + weighted, reduction);
        }

        /// <summary>e^x - t·x for a log-rate x, or x - t·log(x + ε) for a rate: Poisson's log-likelihood without its constant.</summary>
        public Tensor PoissonLoss(Tensor target, bool isLog = true, LossReduction reduction = LossReduction.Mean)
        {
            RequireOneShape("Poisson loss", prediction, target);
            return Reduce(isLog ? prediction.Exp() - (target * prediction) : prediction - (target * (prediction + 1e-8).Log()), reduction);
        }

        /// <summary>½ (log v + (prediction - target)² / v), the variance v at least <paramref name="smallest"/>.</summary>
        public Tensor GaussianLoss(Tensor target, Tensor variance, double smallest = 1e-6, LossReduction reduction = LossReduction.Mean)
        {
            Tensor difference = Difference("Gaussian loss", prediction, target);
            RequireNoWider("Gaussian loss", prediction, variance, "variances");
            Tensor spread = variance.Clamp(smallest);
            return Reduce(0.5 * (spread.Log() + (difference.Square() / spread)), reduction);
        }

        /// <summary>t (log t - x) for log-probabilities x: the Kullback-Leibler divergence from the target.</summary>
        /// <param name="target">Probabilities, or their logarithms.</param>
        /// <param name="isLogTarget">Whether the target is given as logarithms.</param>
        /// <param name="reduction">How losses are combined; <see cref="LossReduction.BatchMean"/> is the divergence.</param>
        public Tensor DivergenceLoss(Tensor target, bool isLogTarget = false, LossReduction reduction = LossReduction.BatchMean)
        {
            RequireOneShape("divergence loss", prediction, target);
            return Reduce(isLogTarget ? target.Exp() * (target - prediction) : target.XLogY(target) - (target * prediction), reduction);
        }
    }

    /// <summary>Combines losses of elements.</summary>
    internal static Tensor Reduce(Tensor losses, LossReduction reduction) => reduction switch
    {
        LossReduction.None => losses,
        LossReduction.Mean => losses.Mean(),
        LossReduction.Sum => losses.Sum(),
        _ => losses.Sum() / losses.Shape[0],
    };

    private static Tensor Difference(string loss, Tensor prediction, Tensor target)
    {
        RequireOneShape(loss, prediction, target);
        return prediction - target;
    }

    private static void RequireOneShape(string loss, Tensor prediction, Tensor target)
    {
        if (prediction.Shape == target.Shape || prediction.IsWeak || target.IsWeak)
        {
            return;
        }
        string remedy = prediction.Count == target.Count
            ? $"Give both one shape, for instance target.Reshape({NumberList.Text(prediction.Shape.Sizes.ToArray())})."
            : "Give both one shape; if one value is meant for several, say so with BroadcastTo.";
        throw new ArgumentException(
            $"{loss}: predictions and targets must have one shape; found predictions {prediction.Shape} and targets {target.Shape}. {remedy}",
                nameof(target));
    }

    /// <summary>Weights and variances may be fewer than the predictions, one for several, but must not make more of them.</summary>
    private static void RequireNoWider(string loss, Tensor prediction, Tensor? other, string what)
    {
        if (other is not null && !other.IsWeak && !prediction.IsWeak && Shape.TryBroadcast(prediction.Shape, other.Shape) != prediction.Shape)
        {
            throw new ArgumentException($"{loss}: {what} must broadcast to the shape {prediction.Shape} of the predictions; found {other.Shape}.",
                what);
        }
    }

    private static Tensor CutLog(Tensor probability)
    {
        Tensor isLarge = probability > SmallestProbability;
        return Tensor.Where(isLarge, Tensor.Where(isLarge, probability, 1.0).Log(), -100.0);
    }
}
