namespace Pyrite;

/// <summary>Any continuous distribution with a distribution function, conditioned to lie between two bounds.</summary>
/// <remarks>Batch shape: broadcast of the base and the bounds. Event shape: []. Draws are reparameterized by the quantile function. Masses are computed in the tail that is closer, so that bounds far out work.</remarks>
public sealed class Truncated : Distribution
{
    /// <summary>Conditions a distribution.</summary>
    /// <param name="baseDistribution">Of event shape [], with Cdf, SurvivalFunction and InverseCdf.</param>
    /// <param name="low">The lower end, or null for none.</param>
    /// <param name="high">The upper end, or null for none; above low.</param>
    /// <exception cref="ArgumentException">The base is discrete or has event axes, or the bounds are in the wrong order.</exception>
    public Truncated(Distribution baseDistribution, Tensor? low = null, Tensor? high = null)
        : base(Shape.Broadcast(baseDistribution.BatchShape, (low ?? 0).Shape, (high ?? 0).Shape), Shape.Scalar, baseDistribution.Validate)
    {
        if (baseDistribution.EventShape.Rank != 0 || baseDistribution.IsDiscrete)
        {
            throw new ArgumentException($"Truncated: the base must be a distribution of single real numbers; found {baseDistribution.Name} with event shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
        Low = Declare("low", low ?? double.NegativeInfinity, Constraints.Real);
        High = Declare("high", high ?? double.PositiveInfinity, Constraints.GreaterThan(Low));
    }

    /// <summary>The distribution before.</summary>
    public Distribution Base { get; }

    /// <summary>The lower end; may be minus infinity.</summary>
    public Tensor Low { get; }

    /// <summary>The upper end; may be infinite.</summary>
    public Tensor High { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Interval(Low, High);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Base.HasReparameterizedSample;

    /// <inheritdoc/>
    public override DType DType => Base.DType;

    private Tensor IsAbove => Base.Cdf(Low) > 0.5;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Mass(Low, Within(x)) / Mass(Low, High);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Mass(Within(x), High) / Mass(Low, High);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p)
    {
        Tensor start = Base.Cdf(Low);
        Tensor inner = Base.InverseCdf(start + (p * (Base.Cdf(High) - start)));
        return Within(inner);
    }

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Base.LogProb(value) - Mass(Low, High).Log();

    private Tensor Mass(Tensor from, Tensor to) =>
        Tensor.Where(IsAbove, Base.SurvivalFunction(from) - Base.SurvivalFunction(to), Base.Cdf(to) - Base.Cdf(from));

    private Tensor Within(Tensor x) => Tensor.Where(x < Low, Low, Tensor.Where(x > High, High, x));
}
