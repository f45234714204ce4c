using Pyrite.Checks;
using Pyrite.Processes;

namespace Pyrite;

/// <summary>A Gaussian process at the rows of an array: Gaussian vectors whose covariance is that of a kernel, plus noise.</summary>
/// <remarks>
/// As a distribution it has event shape [n] and the batch shape of the kernel's parameters, the mean and the noise; draws are reparameterized.
/// <c>Sample("y", new GaussianProcess(kernel, x, noiseVariance), observed: y)</c> is Gaussian process regression with the curve integrated out
/// (Rasmussen
/// and Williams 2006, equation 2.30); <see cref="Latent"/> is the curve itself, for likelihoods of any kind. <see cref="Condition"/> gives the
/// process at other places given observations; that is a process again, and nothing is remembered between calls.
/// Covariances are computed and factored in Float64, whatever the type of the places; time grows with n³, memory with n². Nothing is added to the
/// diagonal but the noise and <see cref="Jitter"/>. A covariance that cannot be factored is refused with its closest rows, its smallest eigenvalue
/// and
/// the jitter that would do; in samplers such a point is a counted rejection.
/// </remarks>
public sealed partial class GaussianProcess : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    private readonly Tensor rows;
    private readonly Tensor diagonal;
    private readonly MeanFunction meanFunction;
    private readonly Tensor loc;
    private readonly Tensor? noise;
    private Tensor? gram;
    private Tensor? factor;

    /// <summary>Makes the process at some places.</summary>
    /// <param name="kernel">The covariance function.</param>
    /// <param name="x">The places, [.., n, columns], or [n] for one column.</param>
    /// <param name="noiseVariance">The variance of independent noise on each value: a scalar, or [.., n] with one for each row; not negative. None if
    /// not
    /// given.</param>
    /// <param name="mean">A number, a tensor (a scalar, or [.., n]) or a function of places; 0 if not given.</param>
    /// <param name="jitter">What is added to the diagonal so that rounding does no harm; 0 or more. It counts as variance of the process.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, a variance is negative, a place is not finite, or two rows are equal and there is no
    /// noise.</exception>
    public GaussianProcess(Kernel kernel, Tensor x, Tensor? noiseVariance = null, MeanFunction? mean = null, double jitter = 0, bool validate = true)
        : this(ProcessParts.Of(kernel, x, noiseVariance, mean), jitter, validate)
    {
    }

    private GaussianProcess(ProcessParts parts, double jitter, bool validate)
        : base(parts.BatchShape, Shape.Create(parts.Rows.Shape[^2]), validate)
    {
        if (!(jitter >= 0 && double.IsFinite(jitter)))
        {
            throw new ArgumentException($"GaussianProcess: the jitter must be 0 or more; found {ParameterCheck.Number(jitter)}.", nameof(jitter));
        }
        (Kernel, rows, loc, noise, diagonal, meanFunction) = (parts.Kernel, parts.Rows, parts.Mean, parts.Noise, parts.Diagonal, parts.MeanFunction);
        Jitter = jitter;
        X = Declare("x", parts.X, Constraints.Real);
        NoiseVariance = parts.NoiseVariance is null ? null : Declare("noiseVariance", parts.NoiseVariance, Constraints.NonNegative);
        if (validate && jitter == 0 && !Kernel.SeparatesEqualRows && (NoiseVariance is null or { IsWeak: true, WeakValue: 0 }))
        {
            CovarianceFactor.RequireRowsApart(Name, rows);
        }
    }

    /// <summary>The covariance function.</summary>
    public Kernel Kernel { get; }

    /// <summary>The places, as they were given.</summary>
    public Tensor X { get; }

    /// <summary>The variance of the noise; null for none.</summary>
    public Tensor? NoiseVariance { get; }

    /// <summary>What is added to the diagonal so that rounding does no harm.</summary>
    public double Jitter { get; }

    /// <summary>The covariance of the values, batch + [n, n]; noise and jitter are on its diagonal.</summary>
    public Tensor Covariance => FullCovariance().BroadcastTo(BatchShape + EventShape + EventShape);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <summary>Whether gradients flow through draws: of a process that is conditioned they do not.</summary>
    public override bool HasReparameterizedSample => !IsConditioned;

    /// <inheritdoc/>
    public override Tensor Mean => loc.BroadcastTo(BatchShape + EventShape);

    /// <summary>The variance of each value, noise and jitter included; [.., n]. That of a conditioned process is never negative: what rounding leaves
    /// below
    /// 0 is 0.</summary>
    public override Tensor Variance
    {
        get
        {
            Tensor own = IsConditioned ? diagonal.Clamp(low: 0) : diagonal;
            own = noise is null ? own : own + noise;
            return (Jitter > 0 ? own + Jitter : own).BroadcastTo(BatchShape + EventShape);
        }
    }

    /// <inheritdoc/>
    public override Tensor Mode => Mean;

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((EventShape[0] * (0.5 + HalfLogTwoPi)) + Factor.Diagonal().Log().Sum(-1));

    /// <summary>The Cholesky factor of the covariance, [.., n, n].</summary>
    private Tensor Factor => factor ??= Validate
        ? CovarianceFactor.Of(Name, FullCovariance(), rows, Jitter, Kernel.IsKnownToBeSymmetric)
        : FullCovariance().CholeskyFactor();

    private bool IsConditioned => Kernel is PosteriorKernel;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor white = key.Normal(shape, DType.Float64).Unsqueeze(-1);
        Tensor root = IsConditioned ? SemidefiniteRoot.Of(Name, FullCovariance()) : Factor;
        return (loc + root.MatMul(white).Squeeze(-1)).To(DType);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        Tensor wide = value.To(DType.Float64);
        Tensor density = Factor.Rank > 2 ? (-0.5 * Factor.SolveLower(wide - loc).Square().Sum(-1)) - Factor.Diagonal().Log().Sum(-1)
            : wide.Shape == EventShape && loc.Shape == EventShape ? Factor.WhitenedDensity(wide, loc, FullCovariance())
            : Factor.WhitenedDensity(wide - loc, Tensor.Zeros(EventShape, DType.Float64));
        return (density - (EventShape[0] * HalfLogTwoPi)).To(value.DType);
    }

    private Tensor FullCovariance() => gram ??= ProcessParts.WithDiagonal(Kernel.GramOf(rows), noise, Jitter);
}
