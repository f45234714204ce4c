using Pyrite.Ops.Indexing;

namespace Pyrite;

/// <summary>Losses of class scores against classes; classes stand in axis 1 (axis 0 of a vector).</summary>
public static class ClassificationLosses
{
    /// <summary>Targets of this value are left out unless another one is named; PyTorch's default.</summary>
    public const int Ignored = -100;

    extension(Tensor prediction)
    {
        /// <summary>-log softmax of the scores at the target class.</summary>
        /// <param name="target">Classes as integers of the shape of the scores without the class axis, or probabilities of their whole shape.</param>
        /// <param name="weight">One weight per class, or null; the mean divides by the sum of the weights of the targets that count.</param>
        /// <param name="ignoreIndex">Targets of this value are left out: their loss and their gradient are 0, also where scores are NaN. If all are,
        /// the mean is NaN, as PyTorch's.</param>
        /// <param name="labelSmoothing">The share of the target that is spread over all classes, from 0 to 1.</param>
        /// <param name="reduction">How losses are combined.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A label is no class and not <paramref name="ignoreIndex"/>; in a recorded step, when it
        /// runs.</exception>
        public Tensor CrossEntropy(Tensor target, Tensor? weight = null, int ignoreIndex = Ignored, double labelSmoothing = 0,
            LossReduction reduction = LossReduction.Mean)
        {
            int axis = AxisOf("cross entropy", prediction);
            CheckWeight("cross entropy", prediction, axis, weight);
            if (!target.DType.IsFloatingPoint)
            {
                return LogLikelihood("cross entropy", prediction, true, target, weight, ignoreIndex, labelSmoothing, reduction);
            }
            if (target.Shape != prediction.Shape)
            {
                throw new ArgumentException(
                    $"cross entropy: probabilities must have the shape {prediction.Shape} of the scores; found {target.Shape}. Classes are given as "
                        + "integers.", nameof(target));
            }
            Tensor smooth = labelSmoothing == 0 ? target : ((1 - labelSmoothing) * target) + (labelSmoothing / prediction.Shape[axis]);
            Tensor terms = (smooth * prediction.LogSoftmax(axis)).MoveAxis(axis, -1);
            Tensor losses = -(weight is null ? terms : terms * weight).Sum(-1);
            return Losses.Reduce(losses, reduction);
        }

        /// <summary>Minus the log-probability (x) at the target class.</summary>
        /// <param name="target">Classes as integers of the shape of x without the class axis.</param>
        /// <param name="weight">One weight per class, or null; the mean divides by the sum of the weights of the targets that count.</param>
        /// <param name="ignoreIndex">Targets of this value are left out, as by <c>CrossEntropy</c>.</param>
        /// <param name="reduction">How losses are combined.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A label is no class and not <paramref name="ignoreIndex"/>; in a recorded step, when it
        /// runs.</exception>
        public Tensor NegativeLogLikelihood(Tensor target, Tensor? weight = null, int ignoreIndex = Ignored,
            LossReduction reduction = LossReduction.Mean)
        {
            CheckWeight("negative log-likelihood", prediction, AxisOf("negative log-likelihood", prediction), weight);
            return LogLikelihood("negative log-likelihood", prediction, false, target, weight, ignoreIndex, 0, reduction);
        }
    }

    private static Tensor LogLikelihood(string loss, Tensor scores, bool areScores, Tensor target, Tensor? weight, int ignoreIndex, double smoothing,
        LossReduction reduction)
    {
        int axis = AxisOf(loss, scores);
        Shape expected = scores.Shape[..axis] + scores.Shape[(axis + 1)..];
        if (target.Shape != expected || target.DType.IsFloatingPoint)
        {
            throw new ArgumentException(
                $"{loss}: scores {scores.Shape} need integer classes of shape {expected}; found {target.DType} of shape {target.Shape}. Reshape "
                    + "them, or convert them with To(DType.Int64).", nameof(target));
        }
        Tensor labels = target.To(DType.Int64), classes = LabelOperation.Of(loss, labels, scores.Shape[axis], ignoreIndex),
            isUsed = labels.NotEqualTo(ignoreIndex);
        // The scores of what is left out are replaced before the softmax: a NaN among them would reach the gradient as 0 times NaN.
        Tensor usable = Tensor.Where(isUsed.Unsqueeze(axis), scores, 0.0);
        Tensor last = (areScores ? usable.LogSoftmax(axis) : usable).MoveAxis(axis, -1);
        Tensor share = (weight is null ? Tensor.Ones([last.Shape[^1]], last.DType) : weight.To(last.DType)).Take(classes) * isUsed.To(last.DType);
        Tensor losses = -last.TakeAlong(classes.Unsqueeze(-1), -1).Squeeze(-1) * share;
        if (smoothing != 0)
        {
            Tensor spread = -(weight is null ? last : last * weight.To(last.DType)).Sum(-1) * isUsed.To(last.DType);
            losses = ((1 - smoothing) * losses) + (smoothing / last.Shape[^1] * spread);
        }
        return reduction == LossReduction.Mean ? losses.Sum() / share.Sum() : Losses.Reduce(losses, reduction);
    }

    private static int AxisOf(string loss, Tensor scores) => scores.Rank switch
    {
        0 => throw new ArgumentException($"{loss}: scores need an axis of classes, [.., classes, ..]; found a single number.", nameof(scores)),
        1 => 0,
        _ => 1,
    };

    private static void CheckWeight(string loss, Tensor scores, int axis, Tensor? weight)
    {
        Shape expected = [scores.Shape[axis]];
        if (weight is not null && weight.Shape != expected)
        {
            throw new ArgumentException(
                $"{loss}: there are {scores.Shape[axis]} classes, so the weights need shape {expected}; found {weight.Shape}.", nameof(weight));
        }
    }
}
