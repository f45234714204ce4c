using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

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

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(DoublePrecision.Of(DType, Low, High, MeanOf));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(DoublePrecision.Of(DType, Low, High, VarianceOf));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Low);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((0.5 * (Low.Log() + High.Log())) + LogRatio.Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) =>
        DoublePrecision.Of(DType, Low, High, x,
            (low, high, v) => Probability.ClampClosed(LogOf(low, Tensor.Where(v > 0, v, low)) / LogOf(low, high)));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Low, High, x,
            (low, high, v) => Probability.ClampClosed(-LogOf(high, Tensor.Where(v > 0, v, low)) / LogOf(low, high)));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Tensor.Where(p < 0.5, FromLow(p), FromHigh(1 - p));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Tensor.Where(p < 0.5, FromHigh(p), FromLow(1 - p));

    internal override Distribution? Widened => new LogUniform(Low.Widened, High.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => -value.Log() - LogRatio.Log();

    private Tensor FromLow(Tensor share) => Low * (share * LogRatio).Exp();

    private Tensor FromHigh(Tensor share) => High * (-share * LogRatio).Exp();

    private Tensor LogRatio => LogOf(Low, High);

    /// <summary>log(b / a), also for near-equal numbers.</summary>
    private static Tensor LogOf(Tensor a, Tensor b) => ((b - a) / a).Log1p();

    private static Tensor MeanOf(Tensor low, Tensor high) => (high - low) / LogOf(low, high);

    /// <summary>With t = ½ log(high / low), mean² (t coth t - 1), in which nothing cancels.</summary>
    private static Tensor VarianceOf(Tensor low, Tensor high)
    {
        Tensor half = 0.5 * LogOf(low, high);
        return MeanOf(low, high).Square() * half * half.Langevin();
    }
}
