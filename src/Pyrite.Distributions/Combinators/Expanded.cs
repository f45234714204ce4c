using Pyrite.Functions;

namespace Pyrite;

/// <summary>A distribution side by side in a larger batch, drawn independently; see <see cref="Distribution.Expand"/>.</summary>
public sealed class Expanded : Distribution
{
    /// <summary>Widens the batch.</summary>
    /// <param name="baseDistribution">The distribution to repeat.</param>
    /// <param name="batchShape">A shape that its batch shape broadcasts to.</param>
    /// <exception cref="ArgumentException">The batch shape does not broadcast to it.</exception>
    public Expanded(Distribution baseDistribution, Shape batchShape)
        : base(batchShape, baseDistribution.EventShape, baseDistribution.Validate)
    {
        if (Shape.TryBroadcast(baseDistribution.BatchShape, batchShape) != batchShape)
        {
            throw new ArgumentException(
                $"{baseDistribution.Name}: batch shape {baseDistribution.BatchShape} does not expand to {batchShape}: aligned at the last axis, "
                    + "sizes must be equal or 1.", nameof(batchShape));
        }
        Base = baseDistribution;
    }

    /// <summary>The distribution that is repeated.</summary>
    public Distribution Base { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override (Tensor Low, Tensor High)? Circle => Base.Circle;

    /// <inheritdoc/>
    public override bool IsCircular => Base.IsCircular;

    /// <inheritdoc/>
    public override Constraint Support => Base.Support;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Base.HasReparameterizedSample;

    /// <inheritdoc/>
    public override string Name => Base.Name;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Base.DType;

    internal override DType? GivenType => Base.GivenType;

    internal override Tensor InScoredType(Tensor value) => Base.InScoredType(value);

    internal override Tensor JustBelow(Tensor x) => Base.JustBelow(x);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => Base.Parameters;

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Mean => Base.Mean.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance => Base.Variance.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor StandardDeviation => Base.StandardDeviation.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Mode => Base.Mode.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Entropy() => Base.Entropy().BroadcastTo(BatchShape);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Spread(Base.Cdf(x));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Spread(Base.SurvivalFunction(x));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => Spread(Base.LogCdf(x));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Spread(Base.LogSurvivalFunction(x));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Spread(Base.InverseCdf(p));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Spread(Base.InverseSurvivalFunction(p));

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true)
    {
        Tensor values = Base.EnumerateSupport(expand: false);
        Shape narrow = [values.Shape[0], .. Enumerable.Repeat(1, BatchShape.Rank), .. EventShape];
        Tensor spread = values.Reshape(narrow);
        return expand ? spread.BroadcastTo([values.Shape[0]] + BatchShape + EventShape) : spread;
    }

    /// <inheritdoc/>
    public override Distribution Expand(Shape batchShape) => batchShape == BatchShape ? this : new Expanded(Base, RequireExpansion(batchShape));

    internal override Distribution? Widened => new Expanded(Base.Widened ?? Base, BatchShape);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Base.Draw(key, shape);

    internal override BorderScore? ScoreBesideZero(Tensor value) => Base.ScoreBesideZero(value);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Base.LogDensity(value);

    /// <inheritdoc/>
    protected internal override Tensor Evaluate(Tensor value) => Base.LogProb(value);

    private Tensor Spread(Tensor result) => result.BroadcastTo(Shape.Broadcast(result.Shape, BatchShape));

    private Shape RequireExpansion(Shape batchShape) => Shape.TryBroadcast(BatchShape, batchShape) == batchShape
        ? batchShape
        : throw new ArgumentException(
            $"{Name}: batch shape {BatchShape} does not expand to {batchShape}: aligned at the last axis, sizes must be equal or 1.",
                nameof(batchShape));
}
