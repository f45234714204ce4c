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
    /// <param name="y">The observations, [n].</param>
    /// <param name="covariance">Of the prior, [n, n].</param>
    /// <param name="mean">Of the prior, [n].</param>
    /// <param name="steps">How many steps.</param>
    public static Tensor Find(LatentLikelihood likelihood, Tensor y, Tensor covariance, Tensor mean, int steps)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        (Tensor k, Tensor m) = (covariance.Detach(), mean.Detach());
        Tensor weights = Tensor.Zeros(m.Shape, DType.Float64);
        Tensor values = m;
        Tensor last = values;
        Tensor fractions = Tensor.From(Fractions).Unsqueeze(-1);
        for (int step = 0; step < steps; step++)
        {
            LaplaceStep newton = LaplaceStep.From(likelihood, y, values, k, m);
            Tensor triedWeights = weights + (fractions * (newton.Weights - weights));
            Tensor triedValues = values + (fractions * (newton.Values - values));
            Tensor objective = likelihood.LogProb(y, triedValues).Sum(-1) - (0.5 * (triedWeights * (triedValues - m)).Sum(-1));
            Tensor best = Tensor.Where(objective.IsFinite(), objective, double.NegativeInfinity).ArgMax(0, keepDimensions: true);
            (last, weights, values) = (values, triedWeights.Take(best, 0).Squeeze(0), triedValues.Take(best, 0).Squeeze(0));
        }
        Tensor verdict = ((values - last).Abs() <= Tolerance * (1 + values.Abs())).AllTrue();
        StepCheck.Add(verdict, new Refusal(found => new ArgumentException(
            $"GaussianProcess.Laplace: the mode was not found in {steps} steps of Newton's method. Look at the kernel's scale and at the "
                + $"observations, or "
                + "give more steps. The likelihood must be log-concave.")), "mode", values);
        return values;
    }
}
