using Pyrite.Supports;
using Pyrite.Transforms;

namespace Pyrite;

/// <summary>A distribution whose last batch axes count as event axes; see <see cref="Distribution.ToEvent"/>.</summary>
public sealed class Independent : Distribution
{
    private readonly int axes;

    /// <summary>Moves batch axes into the event.</summary>
    /// <param name="baseDistribution">The distribution of the entries.</param>
    /// <param name="axes">How many of its last batch axes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many batch axes.</exception>
    public Independent(Distribution baseDistribution, int axes)
        : base(Batch(baseDistribution, axes), baseDistribution.BatchShape[^axes..] + baseDistribution.EventShape, baseDistribution.Validate)
    {
        Base = baseDistribution;
        this.axes = axes;
    }

    /// <summary>The distribution of the entries.</summary>
    public Distribution Base { get; }

    /// <summary>How many batch axes became event axes.</summary>
    public int Axes => axes;

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    internal override int ExtraAxesOf(Distribution part) => axes;

    /// <inheritdoc/>
    public override bool IsCircular => Base.IsCircular;

    /// <inheritdoc/>
    public override Constraint Support => new IndependentConstraint(Base.Support, axes);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Base.HasReparameterizedSample;

    /// <inheritdoc/>
    public override string Name => Base.Name;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Base.DType;

    internal override DType? GivenType => Base.GivenType;

    internal override Tensor InScoredType(Tensor value) => Base.InScoredType(value);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => Base.Parameters;

    internal override bool HasDistributionFunction => axes == 0 && Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Mean => Base.Mean;

    /// <inheritdoc/>
    public override Tensor Variance => Base.Variance;

    /// <inheritdoc/>
    public override Tensor StandardDeviation => Base.StandardDeviation;

    /// <inheritdoc/>
    public override Tensor Mode => Base.Mode;

    /// <inheritdoc/>
    public override Tensor Entropy() => Base.Entropy().BroadcastTo(Base.BatchShape).SumOverLast(axes);

    /// <inheritdoc/>
    public override Distribution ToEvent(int? more = null) => new Independent(Base, axes + (more ?? BatchShape.Rank));

    /// <inheritdoc/>
    public override Distribution Expand(Shape batchShape) =>
        batchShape == BatchShape ? this : new Independent(Base.Expand(batchShape + Base.BatchShape[^axes..]), axes);

    internal override Distribution? Widened => new Independent(Base.Widened ?? Base, axes);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Base.Draw(key, shape);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Evaluate(value);

    /// <inheritdoc/>
    protected internal override Tensor Evaluate(Tensor value)
    {
        Tensor scores = Base.LogProb(value);
        return scores.SumOverLast(axes);
    }

    private static Shape Batch(Distribution baseDistribution, int axes)
    {
        if (axes < 0 || axes > baseDistribution.BatchShape.Rank)
        {
            throw new ArgumentOutOfRangeException(nameof(axes), axes,
                $"{baseDistribution.Name}: {axes} batch axes were to become event axes; the batch shape is {baseDistribution.BatchShape}. Expand the "
                    + $"distribution first, or ask for at most {baseDistribution.BatchShape.Rank}.");
        }
        return baseDistribution.BatchShape[..^axes];
    }
}
