namespace Pyrite;

/// <summary>Measurements that stop at limits: a value at or beyond a limit scores the chance of everything there.</summary>
/// <remarks>Batch shape: broadcast of the base and the limits. Event shape: []. Draws are those of the base moved to the limits. Left-censored with <c>low</c>, right-censored with <c>high</c>, both with both; for values known only to an interval use <see cref="IntervalCensored"/>.</remarks>
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
            throw new ArgumentException($"Censored: the base must be a distribution of single numbers; found {baseDistribution.Name} with event shape {baseDistribution.EventShape}.", nameof(baseDistribution));
        }
        Base = baseDistribution;
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
    public override Constraint Support => Base.Support;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => Base.HasReparameterizedSample;

    /// <inheritdoc/>
    public override DType DType => Base.DType;

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

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Reported(Base.Draw(key, shape));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor scores = Base.LogDensity(value);
        scores = Low is null ? scores : Tensor.Where(value <= Low, Base.LogCdf(Low), scores);
        return High is null ? scores : Tensor.Where(value >= High, Base.LogSurvivalFunction(High), scores);
    }

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
