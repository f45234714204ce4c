using Pyrite.Likelihoods;

namespace Pyrite;

/// <summary>What is observed of the values of a process, each by itself: p(y | f).</summary>
/// <remarks>For <see cref="VariationalGaussianProcess"/> and <see cref="GaussianProcess.Laplace"/>. In models with <see
/// cref="GaussianProcess.Latent"/>
/// state the observations instead.</remarks>
public abstract class LatentLikelihood
{
    private protected LatentLikelihood()
    {
    }

    /// <summary>Poisson counts with rate exp f.</summary>
    public static LatentLikelihood Poisson { get; } = new PoissonLikelihood();

    /// <summary>Outcomes 0 and 1 with log-odds f.</summary>
    public static LatentLikelihood BernoulliLogit { get; } = new BernoulliLikelihood();

    /// <summary>Values f with Gaussian noise.</summary>
    /// <param name="noiseVariance">Positive; a scalar or [n].</param>
    /// <exception cref="ArgumentException">The variance is not positive.</exception>
    public static LatentLikelihood Gaussian(Tensor noiseVariance) => new GaussianLikelihood(noiseVariance);

    /// <summary>Negative binomial counts with mean exp f and variance exp f + exp(2f) / concentration.</summary>
    /// <param name="concentration">Positive; a scalar or [n].</param>
    /// <exception cref="ArgumentException">The concentration is not positive.</exception>
    public static LatentLikelihood NegativeBinomial(Tensor concentration) => new NegativeBinomialLikelihood(concentration);

    /// <summary>Any likelihood, as the distribution of the observations given the values.</summary>
    /// <param name="observations">Given values f [.., n], the distribution of the observations, of batch shape [.., n].</param>
    /// <param name="nodes">Of the quadrature that takes expectations.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one node.</exception>
    public static LatentLikelihood Of(Func<Tensor, Distribution> observations, int nodes = 64)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        return new FunctionLikelihood(observations, nodes);
    }

    /// <summary>log p(y | f) of each observation.</summary>
    /// <param name="y">Observations, [.., n].</param>
    /// <param name="f">Values, [.., n].</param>
    /// <returns>[.., n], in nats.</returns>
    public abstract Tensor LogProb(Tensor y, Tensor f);

    /// <summary>The mean of log p(y | f) where f is Gaussian.</summary>
    /// <param name="y">Observations, [.., n].</param>
    /// <param name="mean">Of f, [.., n].</param>
    /// <param name="variance">Of f, [.., n].</param>
    /// <returns>[.., n]; in closed form for <see cref="Gaussian"/> and <see cref="Poisson"/>, else by Gauss–Hermite quadrature.</returns>
    public virtual Tensor ExpectedLogProb(Tensor y, Tensor mean, Tensor variance)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        return Quadrature.Mean(f => LogProb(y, f), mean, variance);
    }

    private protected virtual GaussHermite Quadrature => StandardRule.Value;

    /// <summary>The slope of log p in f, and minus its second derivative.</summary>
    internal abstract (Tensor Slope, Tensor Curvature) Slopes(Tensor y, Tensor f);

    private static readonly Lazy<GaussHermite> StandardRule = new(() => GaussHermite.Of(64));
}
