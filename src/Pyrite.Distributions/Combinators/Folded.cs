namespace Pyrite;

/// <summary>The absolute value of a real random variable.</summary>
/// <remarks>Batch shape: that of the base. Event shape: []. Draws are reparameterized where those of the base are.</remarks>
public sealed class Folded : Distribution
{
    /// <summary>Folds a distribution at 0.</summary>
    /// <param name="baseDistribution">Over the real numbers, of event shape [].</param>
    /// <exception cref="ArgumentException">The base has event axes or is discrete.</exception>
    public Folded(Distribution baseDistribution)
        : base(baseDistribution.BatchShape, baseDistribution.EventShape, baseDistribution.Validate)
    {
        if (baseDistribution.EventShape.Rank != 0 || baseDistribution.IsDiscrete)
        {
            throw new ArgumentException($"Folded: the base must be a distribution of single real numbers; found {baseDistribution.Name} with event shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
    }

    /// <summary>The distribution before.</summary>
    public Distribution Base { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Base];

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Base.HasReparameterizedSample;

    /// <inheritdoc/>
    public override DType DType => Base.DType;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => Base.Parameters;

    internal override bool HasDistributionFunction => Base.HasDistributionFunction;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Base.Cdf(x.Relu()) - Base.Cdf(-x.Relu());

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Base.SurvivalFunction(x.Relu()) + Base.Cdf(-x.Relu());

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => Base.LogSurvivalFunction(x.Relu()).LogAddExp(Base.LogCdf(-x.Relu()));

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Base.Draw(key, shape).Abs();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Base.LogDensity(value).LogAddExp(Base.LogDensity(-value));
}
