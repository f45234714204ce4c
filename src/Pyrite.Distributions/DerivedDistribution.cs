using Pyrite.Functions;

namespace Pyrite;

/// <summary>A distribution that is another one under names of its own: it passes everything on.</summary>
public abstract class DerivedDistribution : Distribution
{
    /// <summary>Wraps a distribution.</summary>
    /// <param name="underlying">What to pass everything on to; it need not validate.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    protected DerivedDistribution(Distribution underlying, bool validate)
        : base(underlying.BatchShape, underlying.EventShape, validate) => Underlying = underlying;

    /// <inheritdoc/>
    public override Constraint Support => Underlying.Support;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Underlying.HasReparameterizedSample;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Underlying.DType;

    internal override DType? GivenType => Widest(base.GivenType, Underlying.GivenType);

    internal override Tensor InScoredType(Tensor value) =>
        value.IsWeak || value.DType.IsFloatingPoint ? value : Underlying.InScoredType(value.To(DType));

    internal override bool HasDistributionFunction => Underlying.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Mean => Underlying.Mean;

    /// <inheritdoc/>
    public override Tensor Variance => Underlying.Variance;

    /// <inheritdoc/>
    public override Tensor StandardDeviation => Underlying.StandardDeviation;

    /// <inheritdoc/>
    public override Tensor Mode => Underlying.Mode;

    /// <summary>The distribution that does the work.</summary>
    protected internal Distribution Underlying { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Underlying];

    /// <inheritdoc/>
    public override Tensor Entropy() => Underlying.Entropy();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Underlying.Cdf(x);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Underlying.SurvivalFunction(x);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => Underlying.LogCdf(x);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Underlying.LogSurvivalFunction(x);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Underlying.InverseCdf(p);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Underlying.InverseSurvivalFunction(p);

    /// <inheritdoc/>
    public override Tensor EnumerateSupport(bool expand = true) => Underlying.EnumerateSupport(expand);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Underlying.Draw(key, shape);

    internal override Distribution? Widened => Underlying.Widened;

    internal override BorderScore? ScoreBesideZero(Tensor value) => Underlying.ScoreBesideZero(value);

    internal override bool ScoresImages => Underlying.ScoresImages;

    internal override bool ScoresNarrow => Underlying.ScoresNarrow;

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Underlying.LogDensity(value);
}
