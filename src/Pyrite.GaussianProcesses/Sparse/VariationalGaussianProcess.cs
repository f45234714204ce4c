using Pyrite.Checks;
using Pyrite.Processes;
using Pyrite.Sparse;

namespace Pyrite;

/// <summary>A process known by a Gaussian q(u) over its values at inducing points: the stochastic variational Gaussian process.</summary>
/// <remarks>
/// Hensman, Fusi and Lawrence, "Gaussian processes for big data", 2013; Hensman, Matthews and Ghahramani, "Scalable variational Gaussian process
/// classification", 2015. <see cref="Bound"/> takes any likelihood and any minibatch; q(u), the inducing points and the kernel's parameters get
/// gradients
/// together: <c>Factor("bound", process.Bound(LatentLikelihood.Poisson, x, y, scale).Value)</c> in a model whose guide is empty, with q as
/// parameters.
/// </remarks>
public sealed class VariationalGaussianProcess
{
    private readonly InducingPoints inducing;
    private readonly MeanFunction meanFunction;
    private readonly Tensor whitenedMean;
    private readonly Tensor whitenedScale;

    /// <summary>Makes the process.</summary>
    /// <param name="kernel">The covariance function.</param>
    /// <param name="inducing">The inducing points, [m, columns] or [m].</param>
    /// <param name="mean">The mean of q, [m].</param>
    /// <param name="scaleTril">The Cholesky factor of the covariance of q, [m, m]; above the diagonal it is not read. Its diagonal must not be
    /// 0.</param>
    /// <param name="whiten">Whether q is about v, where u = L v and Kuu = L Lᵀ; optimizers then see less of the correlations. Else about u
    /// itself.</param>
    /// <param name="priorMean">The mean of the process: a number or a function of places; 0 if not given.</param>
    /// <param name="jitter">What is added to the diagonal of Kuu; 0 or more.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or Kuu cannot be factored.</exception>
    public VariationalGaussianProcess(Kernel kernel, Tensor inducing, Tensor mean, Tensor scaleTril, bool whiten = true,
        MeanFunction? priorMean = null, double jitter = 0)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(scaleTril);
        this.inducing = InducingPoints.Of(nameof(VariationalGaussianProcess), kernel, inducing, jitter);
        int m = this.inducing.Count;
        if (mean.Shape != Shape.Create(m) || scaleTril.Shape != Shape.Create(m, m))
        {
            throw new ArgumentException(
                $"VariationalGaussianProcess: for {m} inducing points q has a mean [{m}] and a factor [{m}, {m}]; found {mean.Shape} and "
                    + $"{scaleTril.Shape}.", nameof(mean));
        }
        (Kernel, IsWhitened, meanFunction) = (kernel, whiten, priorMean ?? 0);
        Tensor lower = scaleTril.LowerTriangle().To(DType.Float64);
        Tensor centred = mean.To(DType.Float64) - (whiten ? 0 : meanFunction.At(this.inducing.Rows));
        whitenedMean = whiten ? centred : this.inducing.Factor.SolveLower(centred);
        whitenedScale = whiten ? lower : this.inducing.Whiten(lower);
        KullbackLeibler = Divergence(lower, m);
    }

    /// <summary>The covariance function.</summary>
    public Kernel Kernel { get; }

    /// <summary>Whether q is about the whitened values.</summary>
    public bool IsWhitened { get; }

    /// <summary>KL(q || p) between q and the prior at the inducing points, a scalar, in nats.</summary>
    public Tensor KullbackLeibler { get; }

    /// <summary>The process at some places, under q.</summary>
    /// <param name="x">[.., k, columns] or [k].</param>
    /// <param name="noiseVariance">The noise of observations; none gives the values themselves.</param>
    /// <param name="jitter">What is added to the diagonal; draws need none.</param>
    public GaussianProcess Condition(Tensor x, Tensor? noiseVariance = null, double jitter = 0)
    {
        ConditionedKernel kernel = new(Kernel, inducing.Rows, inducing.Whiten, whitened => whitenedScale.Transpose().MatMul(whitened));
        return new GaussianProcess(kernel, x, noiseVariance,
            MeanFunction.Of(places => meanFunction.At(places) + kernel.Explained(places, whitenedMean)), jitter);
    }

    /// <summary>The variational bound of the log-likelihood: scale · Σ E log p(y | f) - KL(q || p).</summary>
    /// <param name="likelihood">What is observed of the values.</param>
    /// <param name="x">The places of the observations, or of a minibatch of them; [n, columns] or [n].</param>
    /// <param name="y">The observations, [n].</param>
    /// <param name="scale">How many observations each stands for: all over those of the minibatch; positive.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or the scale is not positive.</exception>
    public VariationalBound Bound(LatentLikelihood likelihood, Tensor x, Tensor y, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(likelihood);
        ArgumentNullException.ThrowIfNull(y);
        if (!(scale > 0 && double.IsFinite(scale)))
        {
            throw new ArgumentException($"VariationalGaussianProcess: the scale must be positive; found "
                + $"{ParameterCheck.Number(scale)}.", nameof(scale));
        }
        GaussianProcess values = Condition(x);
        if (y.Shape != values.EventShape)
        {
            throw new ArgumentException(
                $"VariationalGaussianProcess: {values.EventShape[0]} observations are needed, one for each row of x; found shape "
                    + $"{y.Shape}.", nameof(y));
        }
        Tensor expected = likelihood.ExpectedLogProb(y.To(DType.Float64), values.Mean, values.Variance).Sum();
        return new VariationalBound((scale * expected) - KullbackLeibler, expected, KullbackLeibler);
    }

    private Tensor Divergence(Tensor lower, int m)
    {
        Tensor entropy = lower.Diagonal().Abs().Log().Sum();
        Tensor determinant = IsWhitened ? 0 : inducing.Factor.Diagonal().Log().Sum();
        return (0.5 * (whitenedScale.Square().Sum() + whitenedMean.Square().Sum() - m)) + determinant - entropy;
    }
}
