namespace Pyrite.Inference.Variational;

/// <summary>Bounds made of the importance weights w = p(x, z) / q(z) of several runs.</summary>
internal static class ParticleBound
{
    /// <summary>Minus log mean(w^(1 - alpha)) / (1 - alpha).</summary>
    /// <remarks>Draws without gradients use the score function, each run against what the bound would be with the mean log-weight of the others in its place
    /// (Mnih and Rezende, "Variational inference for Monte Carlo objectives", 2016, equation 13).</remarks>
    public static ElboTerm Of(ElboStep step, double alpha, double klWeight)
    {
        int count = step.Runs.Count;
        Tensor[] logWeights = new Tensor[count];
        for (int i = 0; i < count; i++)
        {
            logWeights[i] = -LogRatio.Loss(step.Runs[i].Model, step.Runs[i].Guide, klWeight);
        }
        Tensor logWeight = Tensor.Stack(logWeights);
        Tensor bound = Bound(logWeight, alpha);
        Tensor gain = bound + (Scores(step, logWeight.Detach(), alpha) ?? 0.0);
        return new ElboTerm(-bound, -gain);
    }

    /// <summary>The bound along the last axis.</summary>
    private static Tensor Bound(Tensor logWeight, double alpha)
    {
        double power = 1 - alpha;
        Tensor total = (power == 1 ? logWeight : logWeight * power).LogSumExp(-1) - Math.Log(logWeight.Shape[^1]);
        return power == 1 ? total : total / power;
    }

    private static Tensor? Scores(ElboStep step, Tensor logWeight, double alpha)
    {
        Tensor? signals = null;
        Tensor? total = null;
        for (int i = 0; i < step.Runs.Count; i++)
        {
            if (ScoreFunction.LogDensity(step.Runs[i]) is { } density)
            {
                signals ??= Signals(logWeight, alpha);
                Tensor term = signals.Select(0, i) * density;
                total = total is null ? term : total + term;
            }
        }
        return total;
    }

    /// <summary>How much each run adds to the bound.</summary>
    private static Tensor Signals(Tensor logWeight, double alpha)
    {
        int count = logWeight.Shape[0];
        Tensor bound = Bound(logWeight, alpha);
        if (count == 1)
        {
            return bound.Unsqueeze(0);
        }
        Tensor others = (logWeight.Sum() - logWeight) / (count - 1);
        Tensor isOwn = Tensor.Range(count).Unsqueeze(1).EqualTo(Tensor.Range(count));
        return bound - Bound(Tensor.Where(isOwn, others.Unsqueeze(1), logWeight), alpha);
    }
}
