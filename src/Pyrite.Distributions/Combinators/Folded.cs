using Pyrite.Functions.Quantiles;

namespace Pyrite;

/// <summary>The absolute value of a real or whole random variable.</summary>
/// <remarks>Batch shape: that of the base. Event shape: []. Draws are reparameterized where those of the base are.</remarks>
public sealed class Folded : Distribution
{
    /// <summary>Folds a distribution at 0.</summary>
    /// <param name="baseDistribution">Over real or whole numbers, of event shape [].</param>
    /// <exception cref="ArgumentException">The base has event axes.</exception>
    public Folded(Distribution baseDistribution)
        : base(baseDistribution.BatchShape, baseDistribution.EventShape, baseDistribution.Validate)
    {
        if (baseDistribution.EventShape.Rank != 0)
        {
            throw new ArgumentException(
                $"Folded: the base must be a distribution of single numbers; found {baseDistribution.Name} with event "
                    + $"shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
    }

    /// <summary>The distribution before.</summary>
    public Distribution Base { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override Constraint Support => Base.IsDiscrete ? Constraints.NonNegativeInteger
        : Base.Circle is { } circle ? Constraints.Interval(0, Tensor.Maximum(-circle.Low, circle.High))
        : Constraints.NonNegative;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Base.HasReparameterizedSample;

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Base.DType;

    internal override DType? GivenType => Base.GivenType;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => Base.Parameters;

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Above(x, 0, Base.Cdf(x.Relu()) - Base.Cdf(Base.JustBelow(-x.Relu())));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Above(x, 1, Base.SurvivalFunction(x.Relu()) + Base.Cdf(Base.JustBelow(-x.Relu())));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        IsDiscrete ? Above(x, double.NegativeInfinity, IntervalMass.Log(Base, Base.JustBelow(-x.Relu()), x.Relu())) : base.LogCdf(x);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        Above(x, 0, Base.LogSurvivalFunction(x.Relu()).LogAddExp(Base.LogCdf(Base.JustBelow(-x.Relu()))));

    internal override bool ScoresImages => true;

    internal override Distribution? Widened => new Folded(Base.Widened ?? Base);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Base.Draw(key, shape).Abs();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor scores = Score(value);
        Tensor both = scores.LogAddExp(Score(-value));
        return IsDiscrete ? Tensor.Where(value.EqualTo(0), scores, both) : both;   // 0 has no mirror image
    }

    /// <summary>Counts jump at 0, so what is below it has a value of its own.</summary>
    /// <summary>The density of the base where it draws; that of a circle goes on beyond.</summary>
    private Tensor Score(Tensor value) => Base.Circle is { } circle
        ? Tensor.Where((value >= circle.Low) & (value <= circle.High), Base.ScoreAnywhere(value), double.NegativeInfinity)
        : Base.ScoreAnywhere(value);

    private Tensor Above(Tensor x, double below, Tensor inside) => IsDiscrete ? Tensor.Where(x < 0, below, inside) : inside;
}
