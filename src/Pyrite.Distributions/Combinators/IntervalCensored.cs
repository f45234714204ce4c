using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>Measurements that are known only to lie between two limits, such as ages in brackets or times between two visits.</summary>
/// <remarks>
/// Batch shape: that of the base. Event shape: [2]. A value [low, high] scores log P(low &lt; x ≤ high); infinite limits give left- and
/// right-censored values, equal limits an exact one, which scores the density. Draws are the interval between neighbouring cutpoints that holds a
/// draw of the base. Gentleman and Geyer, 1994.
/// </remarks>
public sealed class IntervalCensored : Distribution
{
    /// <summary>Censors a distribution.</summary>
    /// <param name="baseDistribution">Of event shape [], with LogCdf and LogSurvivalFunction.</param>
    /// <param name="cutpoints">Where the intervals of draws meet, [K], increasing; null if draws are exact.</param>
    /// <exception cref="ArgumentException">The base has event axes, or the cutpoints do not increase.</exception>
    public IntervalCensored(Distribution baseDistribution, Tensor? cutpoints = null)
        : base(baseDistribution.BatchShape, [2], baseDistribution.Validate)
    {
        if (baseDistribution.EventShape.Rank != 0)
        {
            throw new ArgumentException(
                $"IntervalCensored: the base must be a distribution of single numbers; found {baseDistribution.Name} with event "
                    + $"shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
        Cutpoints = cutpoints is null ? null : Declare("cutpoints", cutpoints, Constraints.OrderedVector);
    }

    /// <summary>The distribution before.</summary>
    public Distribution Base { get; }

    /// <summary>Where the intervals of draws meet, if there are any.</summary>
    public Tensor? Cutpoints { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override Constraint Support { get; } = new IntervalEndsConstraint();

    /// <inheritdoc/>
    public override string PointMasses => "it gives each interval a probability";

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Base.DType;

    internal override DType? GivenType => Widest(base.GivenType, Base.GivenType);

    internal override Distribution? Widened => new IntervalCensored(Base.Widened ?? Base, Cutpoints?.Widened);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor x = Base.Draw(key, shape[..^1]).Unsqueeze(-1);
        if (Cutpoints is null)
        {
            return Tensor.Concat([x, x], -1);
        }
        Tensor below = Tensor.Where(Cutpoints < x, Cutpoints, double.NegativeInfinity).Max([-1], keepDimensions: true);
        Tensor above = Tensor.Where(Cutpoints >= x, Cutpoints, double.PositiveInfinity).Min([-1], keepDimensions: true);
        return Tensor.Concat([below, above], -1).To(DType);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor low = value.Select(-1, 0);
        Tensor high = value.Select(-1, 1);
        Tensor isExact = low.EqualTo(high);
        Tensor mass = IntervalMass.Log(Base, Tensor.Where(isExact, double.NegativeInfinity, low), high);
        Tensor density = Base.ScoreAnywhere(Tensor.Where(isExact, low, Base.Support.InteriorPoint(low)));
        return Tensor.Where(isExact, density, mass);
    }
}
