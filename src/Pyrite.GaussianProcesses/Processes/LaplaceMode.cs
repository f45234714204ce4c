using Pyrite.Checks;

namespace Pyrite.Processes;

/// <summary>The most probable values of a process under a likelihood that is log-concave.</summary>
internal static class LaplaceMode
{
    private const double Tolerance = 1e-6;

    // Newton's whole step and halves of it: the best is taken, so that the objective never falls.
    private static readonly double[] Fractions = [1, 0.5, 0.25, 0.125, 0.0625, 0.015625, 0.00390625, 0];

    /// <summary>The mode by Newton's method, a fixed number of steps, without gradients.</summary>
    /// <param name="likelihood">Of the observations.</param>
    /// <param name="y">The observations, [.., n].</param>
    /// <param name="covariance">Of the prior, [.., n, n].</param>
    /// <param name="mean">Of the prior, [.., n].</param>
    /// <param name="steps">How many steps.</param>
    public static Tensor Find(LatentLikelihood likelihood, Tensor y, Tensor covariance, Tensor mean, int steps)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        (Tensor k, Tensor m) = (covariance.Detach(), mean.Detach());
        Tensor values = m.BroadcastTo(Shape.Broadcast(Shape.Broadcast(m.Shape, y.Shape), k.Shape[..^1]));
        Tensor weights = Tensor.Zeros(values.Shape, DType.Float64);
        Tensor last = values;
        for (int step = 0; step < steps; step++)
        {
            LaplaceStep newton = LaplaceStep.From(likelihood, y, values, k, m);
            Tensor fractions = Along(Tensor.From(Fractions), newton.Values.Rank);
            Tensor triedWeights = weights + (fractions * (newton.Weights - weights));
            Tensor triedValues = values + (fractions * (newton.Values - values));
            Tensor objective = likelihood.LogProb(y, triedValues).Sum(-1) - (0.5 * (triedWeights * (triedValues - m)).Sum(-1));
            Tensor best = Tensor.Where(objective.IsFinite(), objective, double.NegativeInfinity).ArgMax(0, keepDimensions: true);

            // Each process of a batch takes a fraction of its own.
            Tensor isBest = Along(Tensor.Range(Fractions.Length), objective.Rank - 1).EqualTo(best).Unsqueeze(-1);
            (last, weights, values) = (values, Tensor.Where(isBest, triedWeights, 0).Sum(0), Tensor.Where(isBest, triedValues, 0).Sum(0));
        }
        Tensor verdict = ((values - last).Abs() <= Tolerance * (1 + values.Abs())).AllTrue();
        StepCheck.Add(verdict, new Refusal(found => new ArgumentException(
            $"GaussianProcess.Laplace: the mode was not found in {steps} steps of Newton's method. Look at the kernel's scale and at the "
                + $"observations, or "
                + "give more steps. The likelihood must be log-concave.")), "mode", values);
        return values;
    }

    /// <summary>A vector along a first axis, in front of others.</summary>
    private static Tensor Along(Tensor vector, int others) => vector.Reshape(Shape.Create([vector.Shape[0], .. Enumerable.Repeat(1, others)]));
}
