using Pyrite.Functions.Preimages;
using Pyrite.Functions.Quantiles;
using Pyrite.Functions.Truncation;

namespace Pyrite;

/// <summary>Gaussian conditioned to lie between <c>low</c> and <c>high</c>.</summary>
/// <remarks>Batch shape: broadcast of all parameters. Event shape: []. Draws are reparameterized by the quantile function, also far out in a
/// tail.</remarks>
public sealed class TruncatedNormal : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean before truncation.</param>
    /// <param name="scale">The standard deviation before truncation; positive.</param>
    /// <param name="low">The lower end; minus infinity if not given.</param>
    /// <param name="high">The upper end, above low; infinite if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public TruncatedNormal(Tensor loc, Tensor scale, Tensor? low = null, Tensor? high = null, bool validate = true)
        : base(Shape.Broadcast(Shape.Broadcast(loc.Shape, scale.Shape), (low ?? 0).Shape, (high ?? 0).Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
        Low = Declare("low", low ?? double.NegativeInfinity, Constraints.Real);
        High = Declare("high", high ?? double.PositiveInfinity, Constraints.GreaterThan(Low));
        Support = Constraints.Between(low is null ? null : Low, high is null ? null : High);
    }

    /// <summary>The mean before truncation.</summary>
    public Tensor Loc { get; }

    /// <summary>The standard deviation before truncation; positive.</summary>
    public Tensor Scale { get; }

    /// <summary>The lower end; may be minus infinity.</summary>
    public Tensor Low { get; }

    /// <summary>The upper end, above low; may be infinite.</summary>
    public Tensor High { get; }

    /// <inheritdoc/>
    public override Constraint Support { get; }

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(TruncatedNormalMembers.Mean(Loc, Scale, Low, High));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(TruncatedNormalMembers.Variance(Loc, Scale, Low, High));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Tensor.Where(Loc < Low, Low, Tensor.Where(Loc > High, High, Loc)));

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(TruncatedNormalMembers.Entropy(Loc, Scale, Low, High));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => TruncatedNormalMembers.Cdf(Loc, Scale, Low, High, Clamped(x));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => TruncatedNormalMembers.Cdf(-Loc, Scale, -High, -Low, -Clamped(x));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => TruncatedNormalFunctions.LogMass(Lower, Within(x)) - TruncatedNormalFunctions.LogMass(Lower, Upper);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        TruncatedNormalFunctions.LogMass(Within(x), Upper) - TruncatedNormalFunctions.LogMass(Lower, Upper);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) =>
        Tensor.Where(p.EqualTo(1), High, Clamped(Loc + (Scale * TruncatedNormalFunctions.Quantile(Lower, Upper, p))));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) =>
        Tensor.Where(p.EqualTo(0), High, Clamped(Loc - (Scale * TruncatedNormalFunctions.Quantile(-Upper, -Lower, p))));

    internal override Distribution? Widened => new TruncatedNormal(Loc.Widened, Scale.Widened, Low.Widened, High.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor z = (value - Loc) / Scale;
        return (-0.5 * z.Square()) - (Scale.Log() + HalfLogTwoPi) - TruncatedNormalFunctions.LogMass(Lower, Upper);
    }

    private Tensor Lower => Bound(Low);

    private Tensor Upper => Bound(High);

    private Tensor Bound(Tensor end) => end.Standardized(Loc, Scale);

    private Tensor Within(Tensor x) => (Clamped(x) - Loc) / Scale;

    private Tensor Clamped(Tensor x) => Tensor.Where(x < Low, Low, Tensor.Where(x > High, High, x));
}
