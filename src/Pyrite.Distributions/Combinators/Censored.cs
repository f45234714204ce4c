using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>Measurements that stop at limits: a value at or beyond a limit scores the chance of everything there.</summary>
/// <remarks>
/// Batch shape: broadcast of the base and the limits. Event shape: []. Draws are those of the base moved to the limits. Left-censored with
/// <c>low</c>, right-censored with <c>high</c>, both with both; for values known only to an interval use <see cref="IntervalCensored"/>. Of counts
/// the limit itself belongs to what is beyond: a report of <c>high</c> scores log P(X ≥ high), one of <c>low</c> log P(X ≤ low), so that the scores
/// of all possible reports sum to one. Limits need not be whole numbers.
/// </remarks>
public sealed class Censored : Distribution
{
    /// <summary>Censors a distribution.</summary>
    /// <param name="baseDistribution">Of event shape [], with LogCdf and LogSurvivalFunction where a limit is given.</param>
    /// <param name="low">Smaller values are reported as this; null for none.</param>
    /// <param name="high">Larger values are reported as this; null for none.</param>
    /// <exception cref="ArgumentException">The base has event axes, or the limits are in the wrong order.</exception>
    public Censored(Distribution baseDistribution, Tensor? low = null, Tensor? high = null)
        : base(Shape.Broadcast(baseDistribution.BatchShape, (low ?? 0).Shape, (high ?? 0).Shape), Shape.Scalar, baseDistribution.Validate)
    {
        if (baseDistribution.EventShape.Rank != 0)
        {
            throw new ArgumentException(
                $"Censored: the base must be a distribution of single numbers; found {baseDistribution.Name} with event "
                    + $"shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
        (low, high) = (InBaseType(low), InBaseType(high));
        Low = low is null ? null : Declare("low", low, Constraints.Real);
        High = high is null ? null : Declare("high", high, low is null ? Constraints.Real : Constraints.GreaterThan(low));
    }

    /// <summary>The distribution before.</summary>
    public Distribution Base { get; }

    /// <summary>The lower limit, if there is one.</summary>
    public Tensor? Low { get; }

    /// <summary>The upper limit, if there is one.</summary>
    public Tensor? High { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override Constraint Support =>
        Base.IsDiscrete && Limits is { Length: > 0 } limits ? new OrPointsConstraint(Base.Support, limits) : Base.Support;

    private Tensor[] Limits => (Low, High) switch
    {
        (not null, not null) => [Low, High],
        (not null, null) => [Low],
        (null, not null) => [High],
        _ => [],
    };

    /// <inheritdoc/>
    public override string? PointMasses => !Base.IsDiscrete && Limits.Length > 0 ? "it gives its limits probabilities of their own" : null;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Base.HasReparameterizedSample;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Base.DType;

    internal override DType? GivenType => Widest(base.GivenType, Base.GivenType);

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Between(x, 0, Base.Cdf(x), 1);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Between(x, 1, Base.SurvivalFunction(x), 0);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => Between(x, double.NegativeInfinity, Base.LogCdf(x), 0);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Between(x, 0, Base.LogSurvivalFunction(x), double.NegativeInfinity);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Reported(Base.InverseCdf(p));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Reported(Base.InverseSurvivalFunction(p));

    internal override Distribution? Widened => new Censored(Base.Widened ?? Base, Low?.Widened, High?.Widened);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Reported(Base.Draw(key, shape));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor scores = Base.IsDiscrete ? Base.ScoreAnywhere(value) : Base.LogDensity(value);
        scores = Low is null ? scores : Tensor.Where(value <= Low, LimitMass.AtMost(Base, Reached(value <= Low, Low.Like(value))), scores);
        return High is null ? scores : Tensor.Where(value >= High, LimitMass.AtLeast(Base, Reached(value >= High, High.Like(value))), scores);
    }

    /// <summary>A limit where it is reached; elsewhere a point at which the slopes of tails are numbers, which an infinite limit or an end of the
    /// support is not.</summary>
    private Tensor Reached(Tensor isReached, Tensor limit) => Tensor.Where(isReached, limit, Base.Support.InteriorPoint(limit));

    private Tensor? InBaseType(Tensor? limit) => limit is { IsWeak: false, DType.IsFloatingPoint: false } ? limit.To(Base.DType) : limit;

    /// <summary>Values moved to the limits.</summary>
    private Tensor Reported(Tensor x)
    {
        Tensor raised = Low is null ? x : Tensor.Where(x < Low, Low, x);
        return High is null ? raised : Tensor.Where(raised > High, High, raised);
    }

    private Tensor Between(Tensor x, double below, Tensor inside, double above)
    {
        Tensor result = Low is null ? inside : Tensor.Where(x < Low, below, inside);
        return High is null ? result : Tensor.Where(x >= High, above, result);
    }
}
