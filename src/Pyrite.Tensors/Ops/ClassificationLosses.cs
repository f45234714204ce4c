namespace Pyrite;

/// <summary>Losses of class scores against classes; classes stand in axis 1 (axis 0 of a vector).</summary>
public static class ClassificationLosses
{
    /// <summary>Targets of this value are left out unless another one is named.</summary>
    public const int Ignored = -100;

    extension(Tensor prediction)
    {
        /// <summary>-log softmax of the scores at the target class.</summary>
        /// <param name="target">Int64 classes of the shape of the scores without the class axis, or probabilities of their whole shape.</param>
        /// <param name="weight">One weight a class, or null; the mean divides by the sum of the targets' weights.</param>
        /// <param name="ignore">A target to leave out.</param>
        /// <param name="labelSmoothing">The share of the target that is spread over all classes, from 0 to 1.</param>
        /// <param name="reduction">How losses are combined.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        public Tensor CrossEntropy(Tensor target, Tensor? weight = null, int ignore = Ignored, double labelSmoothing = 0, LossReduction reduction = LossReduction.Mean)
        {
            int axis = prediction.Rank == 1 ? 0 : 1;
            Tensor logProbabilities = prediction.LogSoftmax(axis);
            if (!target.DType.IsFloatingPoint)
            {
                return LogLikelihood(logProbabilities, target, weight, ignore, labelSmoothing, reduction);
            }
            if (target.Shape != prediction.Shape)
            {
                throw new ArgumentException($"cross entropy: probabilities must have the shape {prediction.Shape} of the scores; found {target.Shape}.", nameof(target));
            }
            Tensor smooth = labelSmoothing == 0 ? target : ((1 - labelSmoothing) * target) + (labelSmoothing / prediction.Shape[axis]);
            Tensor terms = (smooth * logProbabilities).MoveAxis(axis, -1);
            Tensor losses = -(weight is null ? terms : terms * weight).Sum(-1);
            return Losses.Reduce(losses, reduction);
        }

        /// <summary>Minus the log-probability (x) at the target class.</summary>
        /// <param name="target">Int64 classes of the shape of x without the class axis.</param>
        /// <param name="weight">One weight a class, or null.</param>
        /// <param name="ignore">A target to leave out.</param>
        /// <param name="reduction">How losses are combined.</param>
        public Tensor NegativeLogLikelihood(Tensor target, Tensor? weight = null, int ignore = Ignored, LossReduction reduction = LossReduction.Mean) =>
            LogLikelihood(prediction, target, weight, ignore, 0, reduction);
    }

    private static Tensor LogLikelihood(Tensor logProbabilities, Tensor target, Tensor? weight, int ignore, double smoothing, LossReduction reduction)
    {
        int axis = logProbabilities.Rank == 1 ? 0 : 1;
        Shape expected = logProbabilities.Shape[..axis] + logProbabilities.Shape[(axis + 1)..];
        if (target.Shape != expected || target.DType != DType.Int64)
        {
            throw new ArgumentException($"cross entropy: scores {logProbabilities.Shape} need Int64 classes of shape {expected}; found {target.DType} of shape {target.Shape}.", nameof(target));
        }
        Tensor last = logProbabilities.MoveAxis(axis, -1);
        Tensor isUsed = target.NotEqualTo(ignore);
        Tensor classes = Tensor.Where(isUsed, target, 0);
        Tensor share = (weight is null ? Tensor.Ones([last.Shape[^1]], last.DType) : weight.To(last.DType)).Take(classes) * isUsed.To(last.DType);
        Tensor losses = -last.TakeAlong(classes.Unsqueeze(-1), -1).Squeeze(-1) * share;
        if (smoothing != 0)
        {
            Tensor spread = -(weight is null ? last : last * weight.To(last.DType)).Sum(-1) * isUsed.To(last.DType);
            losses = ((1 - smoothing) * losses) + (smoothing / last.Shape[^1] * spread);
        }
        return reduction == LossReduction.Mean ? losses.Sum() / share.Sum() : Losses.Reduce(losses, reduction);
    }
}
