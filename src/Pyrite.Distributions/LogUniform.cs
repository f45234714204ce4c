using Pyrite.Functions;

namespace Pyrite;

/// <summary>A number whose logarithm is uniform: every order of magnitude is equally likely.</summary>
/// <remarks>Batch shape: broadcast(low, high). Event shape: []. Draws are reparameterized.</remarks>
public sealed class LogUniform : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="low">The lower end; positive.</param>
    /// <param name="high">The upper end; above low.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public LogUniform(Tensor low, Tensor high, bool validate = true)
        : base(Shape.Broadcast(low.Shape, high.Shape), Shape.Scalar, validate)
    {
        Low = Declare("low", low, Constraints.Positive);
        High = Declare("high", high, Constraints.GreaterThan(low));
    }

    /// <summary>The lower end; positive.</summary>
    public Tensor Low { get; }

    /// <summary>The upper end; above low.</summary>
    public Tensor High { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Interval(Low, High);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch((High - Low) / LogRatio);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(((High - Low) * (High + Low) / (2 * LogRatio)) - Mean.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Low);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((0.5 * (Low.Log() + High.Log())) + LogRatio.Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Probability.Clamp((x.Relu().Log() - Low.Log()) / LogRatio);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Probability.Clamp((High.Log() - x.Relu().Log()) / LogRatio);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Tensor.Where(p < 0.5, FromLow(p), FromHigh(1 - p));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Tensor.Where(p < 0.5, FromHigh(p), FromLow(1 - p));

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => -value.Log() - LogRatio.Log();

    private Tensor FromLow(Tensor share) => Low * (share * LogRatio).Exp();

    private Tensor FromHigh(Tensor share) => High * (-share * LogRatio).Exp();

    private Tensor LogRatio => (High / Low).Log();
}
