namespace Pyrite.Inference.Objectives;

/// <summary>Bounds made of the importance weights w = p(x, z) / q(z) of several runs.</summary>
internal sealed class ParticleBound(double alpha)
{
    private readonly List<string> averaged = [];

    /// <summary>The sites of the last step that counted as in the evidence lower bound.</summary>
    public IReadOnlyList<string> AveragedSites => [.. averaged];

    /// <summary>Minus log mean(w^(1 - alpha)) / (1 - alpha), for each independent entry apart.</summary>
    /// <remarks>The evidence of independent entries is a product, so the sum of their bounds is a bound; it is tighter than that of all together,
    /// whose weights one bad entry spoils. Draws without gradients use the score function, each run against what the bound would be with the mean
    /// log-weight of the others in its place (Mnih and Rezende, "Variational inference for Monte Carlo objectives", 2016, equation 13).</remarks>
    public ElboTerm Of(ElboStep step, double klWeight)
    {
        averaged.Clear();
        if (step.Runs.Count == 1)
        {
            // With one run every order gives the evidence lower bound, whose scores need the costs of their own entries alone.
            ElboRun run = step.Runs[0];
            Tensor loss = TraceElbo.Loss(run.Model, run.Guide, klWeight);
            return new ElboTerm(loss, ScoreFunction.Surrogate(step, run, klWeight, dependencies: null) is { } score ? loss + score : loss);
        }
        Tensor? bound = null, scores = null;
        foreach (IndependentPart part in step.Parts().All)
        {
            PartWeights weights = new(part, step, klWeight);
            if (weights.IsAveraged)
            {
                averaged.AddRange(part.Names);
            }
            Tensor logWeight = Tensor.Stack([.. step.Runs.Select(weights.LogWeight)]);
            Accumulate(ref bound, weights.Sum(Bound(logWeight, weights.IsAveraged)));
            AddScores(ref scores, step, weights, logWeight.Detach());
        }
        Tensor total = bound ?? 0.0;
        return new ElboTerm(-total, -(scores is null ? total : total + scores));
    }

    /// <summary>The bound along the first axis.</summary>
    private Tensor Bound(Tensor logWeight, bool isAveraged)
    {
        if (isAveraged)
        {
            return logWeight.Mean(0);
        }
        double power = 1 - alpha;
        Tensor total = (power == 1 ? logWeight : logWeight * power).LogSumExp(0) - Math.Log(logWeight.Shape[0]);
        return power == 1 ? total : total / power;
    }

    private void AddScores(ref Tensor? total, ElboStep step, PartWeights weights, Tensor logWeight)
    {
        for (int i = 0; i < step.Runs.Count; i++)
        {
            if (weights.Score(step.Runs[i]) is { } density)
            {
                Accumulate(ref total, weights.Sum(Signal(logWeight, i, weights.IsAveraged) * density));
            }
        }
    }

    /// <summary>How much a run adds to the bound of each entry.</summary>
    private Tensor Signal(Tensor logWeight, int run, bool isAveraged)
    {
        int count = logWeight.Shape[0];
        Tensor own = logWeight.Select(0, run), others = (logWeight.Sum(0) - own) / (count - 1);
        Tensor without = Tensor.Stack([.. Enumerable.Range(0, count).Select(i => i == run ? others : logWeight.Select(0, i))]);
        return Bound(logWeight, isAveraged) - Bound(without, isAveraged);
    }

    private static void Accumulate(ref Tensor? total, Tensor term) => total = total is null ? term : total + term;
}
