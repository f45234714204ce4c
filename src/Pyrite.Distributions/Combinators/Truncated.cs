using Pyrite.Functions;

namespace Pyrite;

/// <summary>Any continuous distribution with a distribution function, conditioned to lie between two bounds.</summary>
/// <remarks>
/// Batch shape: broadcast of the base and the bounds. Event shape: []. Draws are reparameterized by the quantile function. Masses and quantiles
/// are computed in the tail that is nearer, so that bounds far out work.
/// </remarks>
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
        Support = Constraints.Between(low is null ? Base.Support.LowerEnd : Low, high is null ? Base.Support.UpperEnd : High);
    }

    /// <summary>The distribution before.</summary>
    public Distribution Base { get; }

    /// <summary>The lower end; may be minus infinity.</summary>
    public Tensor Low { get; }

    /// <summary>The upper end; may be infinite.</summary>
    public Tensor High { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override Constraint Support { get; }

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override DType DType => Base.DType;

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <summary>The logarithm of the mass between the bounds.</summary>
    private Tensor LogMass => IntervalMass.Log(Base, Low, High);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => LogCdf(x).Exp();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => Tensor.Where(x >= High, 0, IntervalMass.Log(Base, Low, Within(x)) - LogMass);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Tensor.Where(x <= Low, 0, IntervalMass.Log(Base, Within(x), High) - LogMass);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Quantile(1 - p, p);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Quantile(p, 1 - p);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Base.LogDensity(value) - LogMass;

    /// <summary>A mean of the probabilities of both bounds, which as a sum of positive numbers is exact in the tail where it is small.</summary>
    private Tensor Quantile(Tensor weightOfLow, Tensor weightOfHigh)
    {
        IntervalMass mass = new(Base, Low, High);
        ((Tensor belowLow, Tensor aboveLow), (Tensor belowHigh, Tensor aboveHigh)) = (mass.AtLow, mass.AtHigh);
        Tensor below = (weightOfLow * belowLow) + (weightOfHigh * belowHigh);
        Tensor above = (weightOfLow * aboveLow) + (weightOfHigh * aboveHigh);
        Tensor isUpper = above < below;
        if (Underflows(Tensor.Where(isUpper, above, below)))
        {
            return RealQuantiles.FromBelow(this, weightOfHigh);
        }
        Tensor inner = Tensor.Where(isUpper, Base.InverseSurvivalFunction(Tensor.Where(isUpper, above, 0.5)), Base.InverseCdf(Tensor.Where(isUpper, 0.5, below)));
        return Tensor.Where(weightOfHigh.EqualTo(0), Low, Tensor.Where(weightOfLow.EqualTo(0), High, Within(inner)));
    }

    /// <summary>Whether some tail is so far out that its probability is no number of full precision.</summary>
    private static bool Underflows(Tensor chances)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        return (chances < (chances.DType == Pyrite.DType.Float32 ? 1e-35 : 1e-290)).Any();
    }

    private Tensor Within(Tensor x) => Tensor.Where(x < Low, Low, Tensor.Where(x > High, High, x));
}
