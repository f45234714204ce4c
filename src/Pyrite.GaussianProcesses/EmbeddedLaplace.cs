namespace Pyrite;

/// <summary>A latent process that Laplace's approximation has integrated out: Gaussian around the most probable values.</summary>
/// <remarks>Rasmussen and Williams 2006, section 3.4, algorithms 3.1, 3.2 and 5.1. Made by <see cref="GaussianProcess.Laplace"/>.</remarks>
public sealed class EmbeddedLaplace
{
    private readonly GaussianProcess prior;
    private readonly Func<GaussianProcess, Tensor, Tensor?, double, GaussianProcess> condition;

    internal EmbeddedLaplace(GaussianProcess prior, Tensor logEvidence, Tensor mode, Tensor covariance,
        Func<GaussianProcess, Tensor, Tensor?, double, GaussianProcess> condition)
    {
        (this.prior, this.condition) = (prior, condition);
        (LogEvidence, Mode, Covariance) = (logEvidence, mode, covariance);
    }

    /// <summary>The approximate log-likelihood of the observations, with gradients in the parameters of kernel, mean and likelihood, [..], one for
    /// each process; in nats.</summary>
    public Tensor LogEvidence { get; }

    /// <summary>The most probable values, [.., n].</summary>
    public Tensor Mode { get; }

    /// <summary>The covariance of the values around their mode, [.., n, n].</summary>
    public Tensor Covariance { get; }

    /// <summary>The process at other places, given the observations.</summary>
    /// <param name="xNew">[.., m, columns] or [m].</param>
    /// <param name="noiseVariance">Of the new values; none if not given.</param>
    /// <param name="jitter">What is added to the new diagonal; draws need none.</param>
    public GaussianProcess Condition(Tensor xNew, Tensor? noiseVariance = null, double jitter = 0)
    {
        ArgumentNullException.ThrowIfNull(xNew);
        return condition(prior, xNew, noiseVariance, jitter);
    }
}
