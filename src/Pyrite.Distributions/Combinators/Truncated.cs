using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>Any distribution of single numbers with a distribution function, conditioned to lie between two bounds.</summary>
/// <remarks>
/// Batch shape: broadcast of the base and the bounds. Event shape: []. Counts may be equal to a bound, which need not be a whole number. Draws of
/// real numbers are reparameterized by the quantile function. Masses and quantiles are computed in the tail that is nearer, so that bounds far out
/// work.
/// </remarks>
public sealed class Truncated : Distribution
{
    private readonly bool hasLow;
    private readonly bool hasHigh;

    /// <summary>Conditions a distribution.</summary>
    /// <param name="baseDistribution">Of event shape [], with Cdf and SurvivalFunction.</param>
    /// <param name="low">The lower end, or null for none.</param>
    /// <param name="high">The upper end, or null for none; above low, or, for counts, with a whole number from low to it.</param>
    /// <exception cref="ArgumentException">The base has event axes, or the bounds are in the wrong order.</exception>
    public Truncated(Distribution baseDistribution, Tensor? low = null, Tensor? high = null)
        : base(Shape.Broadcast(baseDistribution.BatchShape, (low ?? 0).Shape, (high ?? 0).Shape), Shape.Scalar, baseDistribution.Validate)
    {
        if (baseDistribution.EventShape.Rank != 0)
        {
            throw new ArgumentException(
                $"Truncated: the base must be a distribution of single numbers; found {baseDistribution.Name} with event "
                    + $"shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
        (hasLow, hasHigh) = (low is not null, high is not null);
        (low, high) = (InBaseType(low), InBaseType(high));
        Low = Declare("low", low ?? double.NegativeInfinity, LowConstraint(low));
        High =
            Declare("high", high ?? double.PositiveInfinity,
                Base.IsDiscrete
                    ? Constraints.GreaterThanOrEqual(WithinConstraint.FirstAbove(Base.Support, low) ?? Low)
                    : Constraints.GreaterThan(Low));
        Support = Base.IsDiscrete ? new WithinConstraint(Base.Support, low, high) : RealSupport(low, high);
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
    public override bool HasReparameterizedSample => Base.HasDistributionFunction && !IsDiscrete;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Base.DType;

    internal override DType? GivenType => Widest(base.GivenType, Base.GivenType);

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <summary>The logarithm of the mass between the bounds.</summary>
    private Tensor LogMass => IsDiscrete ? LogMassOfCounts : IntervalMass.Log(Base, Low, High);

    private Tensor LogMassOfCounts => (hasLow, hasHigh) switch
    {
        (true, true) => IntervalMass.Log(Base, Start, High),
        (true, false) => LimitMass.AtLeast(Base, Low),
        (false, true) => LimitMass.AtMost(Base, High),
        _ => 0,
    };

    /// <summary>The bound below which nothing lies; of counts the number before the lower end, which the mass of an interval leaves out.</summary>
    private Tensor Start => IsDiscrete ? Base.JustBelow(Low) : Low;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => LogCdf(x).Exp();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => Tensor.Where(x >= High, 0, IntervalMass.Log(Base, Start, Within(x)) - LogMass);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Tensor.Where(x <= Start, 0, IntervalMass.Log(Base, Within(x), High) - LogMass);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Quantile(1 - p, p);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Quantile(p, 1 - p);

    /// <inheritdoc/>
    /// <remarks>Of counts, from the lower to the upper end; the ends must be the same in the whole batch.</remarks>
    public override Tensor EnumerateSupport(bool expand = true)
    {
        if (!HasIntegerValues || Support.LowerEnd is not { } low || Support.UpperEnd is not { } high)
        {
            return base.EnumerateSupport(expand);
        }
        double[] least = low.To(Pyrite.DType.Float64).ToArray<double>(), most = high.To(Pyrite.DType.Float64).ToArray<double>();
        if (least.Concat(most).Any(end => !double.IsFinite(end)) || least.Any(end => end != least[0]) || most.Any(end => end != most[0])
            || most[0] - least[0] > int.MaxValue / 2)
        {
            throw new NotSupportedException("Truncated: values are listed where both ends are finite and the same in the whole batch.");
        }
        int count = (int)(most[0] - least[0]) + 1;
        Shape narrow = [count, .. Enumerable.Repeat(1, BatchShape.Rank)];
        Tensor values = (Tensor.Range(count).To(DType) + least[0]).Reshape(narrow);
        return expand ? values.BroadcastTo([count, .. BatchShape]) : values;
    }

    internal override Distribution? Widened => new Truncated(Base.Widened ?? Base, Low.Widened, High.Widened);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Base.ScoreAnywhere(value) - LogMass;

    /// <summary>A mean of the probabilities of both bounds, which as a sum of positive numbers is exact in the tail where it is small.</summary>
    private Tensor Quantile(Tensor weightOfLow, Tensor weightOfHigh)
    {
        IntervalMass mass = new(Base, Start, High);
        ((Tensor belowLow, Tensor aboveLow), (Tensor belowHigh, Tensor aboveHigh)) = (mass.AtLow, mass.AtHigh);
        Tensor below = (weightOfLow * belowLow) + (weightOfHigh * belowHigh);
        Tensor above = (weightOfLow * aboveLow) + (weightOfHigh * aboveHigh);
        Tensor isUpper = above < below;
        if (Underflows(Tensor.Where(isUpper, above, below)))
        {
            return IsDiscrete ? CountQuantiles.FromBelow(this, weightOfHigh) : RealQuantiles.FromBelow(this, weightOfHigh);
        }
        Tensor inner =
            Tensor.Where(isUpper, Base.InverseSurvivalFunction(Tensor.Where(isUpper, above, 0.5)),
                Base.InverseCdf(Tensor.Where(isUpper, 0.5, below)));
        (Tensor least, Tensor most) = IsDiscrete ? (Support.LowerEnd ?? Low.Ceiling(), Support.UpperEnd ?? High.Floor()) : (Low, High);
        Tensor held = Tensor.Where(inner < least, least, Tensor.Where(inner > most, most, inner));
        return Tensor.Where(weightOfHigh.EqualTo(0), least, Tensor.Where(weightOfLow.EqualTo(0), most, held));
    }

    /// <summary>Whether some tail is so far out that its probability is no number of full precision.</summary>
    private static bool Underflows(Tensor chances)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        return (chances < (chances.DType == Pyrite.DType.Float32 ? 1e-35 : 1e-290)).Any();
    }

    private Tensor? InBaseType(Tensor? bound) => bound is { IsWeak: false, DType.IsFloatingPoint: false } ? bound.To(Base.DType) : bound;

    private Tensor Within(Tensor x) => Tensor.Where(x < Start, Start, Tensor.Where(x > High, High, x));

    /// <summary>Of counts with a greatest one, such as successes among trials, something must lie above the bound.</summary>
    /// <summary>What both the bounds and the base leave. A bound that is a tensor is taken to lie inside the base's support; where it does not, the
    /// density beyond is zero, except for that of a circle, which goes on.</summary>
    private Constraint RealSupport(Tensor? low, Tensor? high)
    {
        if (Base.Circle is { } circle)
        {
            return Constraints.Between(low is null ? circle.Low : Tensor.Maximum(Low, circle.Low),
                high is null ? circle.High : Tensor.Minimum(High, circle.High));
        }
        Tensor? least = Base.Support.LowerEnd, most = Base.Support.UpperEnd;
        return Constraints.Between(
            low is null || (low.IsWeak && least is { IsWeak: true } && least.WeakValue > low.WeakValue) ? least : Low,
            high is null || (high.IsWeak && most is { IsWeak: true } && most.WeakValue < high.WeakValue) ? most : High);
    }

    private Constraint LowConstraint(Tensor? low) =>
        low is not null && Base.IsDiscrete && Base.Support.UpperEnd is { } most ? Constraints.Between(null, most) : Constraints.Real;
}
