using Pyrite.Checks;
using Pyrite.Processes;

namespace Pyrite;

public sealed partial class GaussianProcess
{
    /// <summary>Integrates the values of the process out under a likelihood, by Laplace's approximation: a log-density of the observations for models
    /// that
    /// sample the kernel's parameters alone, <c>Factor("y", process.Laplace(LatentLikelihood.Poisson, counts).LogEvidence)</c>.</summary>
    /// <param name="likelihood">What is observed of each value; log-concave.</param>
    /// <param name="y">The observations, [.., n]; their other axes broadcast against the batch of the process, as those of a likelihood's parameters
    /// do, which need an axis for the observations: [.., 1].</param>
    /// <param name="steps">Of Newton's method, which starts at the mean; each costs about n³/3.</param>
    /// <remarks>Gradients are exact: one more step, through which they flow, moves the mode with the parameters (the implicit function theorem). A
    /// mode that
    /// is not found is refused; in samplers it is a counted rejection. The prior needs no inverse, so no jitter either.</remarks>
    /// <exception cref="ArgumentException">Shapes do not fit, or a mode is not found.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one step.</exception>
    public EmbeddedLaplace Laplace(LatentLikelihood likelihood, Tensor y, int steps = 20)
    {
        ArgumentNullException.ThrowIfNull(likelihood);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Tensor observed = ValuesOf(y);
        Tensor covariance = FullCovariance();
        Tensor found = LaplaceMode.Find(likelihood, observed, covariance, loc, steps);
        LaplaceStep mode = LaplaceStep.From(likelihood, observed, found, covariance, loc);
        (Tensor slope, Tensor curvature) = likelihood.Slopes(observed, mode.Values);
        StepCheck.Add((curvature.Detach() >= 0).AllTrue(), new Refusal(_ => new ArgumentException(
            $"{Name}: the likelihood is not log-concave at the mode, so that Laplace's approximation has no covariance "
                + $"there.")), "curvature", curvature);
        Tensor root = curvature.Sqrt();
        Tensor inner = LaplaceStep.Inner(covariance, root);
        Tensor evidence = likelihood.LogProb(observed, mode.Values).Sum(-1) - (0.5 * (mode.Weights * (mode.Values - loc)).Sum(-1))
            - inner.Diagonal().Log().Sum(-1);
        Tensor explained = inner.SolveTriangular(root.Unsqueeze(-1) * covariance);
        return new EmbeddedLaplace(this, evidence, mode.Values, covariance - explained.Transpose().MatMul(explained),
            (prior, xNew, noise, jitter) => prior.ConditionedOn(slope, root, inner, xNew, noise, jitter));
    }

    /// <summary>The process at other places by the slopes at the mode (Rasmussen and Williams 2006, algorithm 3.2).</summary>
    private GaussianProcess ConditionedOn(Tensor slope, Tensor root, Tensor inner, Tensor xNew, Tensor? noise, double jitter)
    {
        ConditionedKernel conditioned = new(Kernel, rows, cross => inner.SolveTriangular(root.Unsqueeze(-1) * cross));
        MeanFunction mean = MeanFunction.Of(
            places => meanFunction.At(places) + Kernel.CrossOf(rows, places).Transpose().MatMul(slope.Unsqueeze(-1)).Squeeze(-1));
        return new GaussianProcess(conditioned, xNew, noise, mean, jitter, Validate);
    }
}
