using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Gaussian with mean <c>loc</c> and standard deviation <c>scale</c>.</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Normal : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);
    private static readonly Tensor MinusHalf = -0.5;
    private static readonly Tensor Constant = HalfLogTwoPi;

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean.</param>
    /// <param name="scale">The standard deviation; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Normal(Tensor loc, Tensor scale, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The mean.</summary>
    public Tensor Loc { get; }

    /// <summary>The standard deviation; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Scale.Square());

    /// <inheritdoc/>
    public override Tensor StandardDeviation => OverBatch(Scale);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(Scale.Log() + (0.5 + HalfLogTwoPi));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => ((x - Loc) / Scale).NormalCdf();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => ((Loc - x) / Scale).NormalCdf();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => ((x - Loc) / Scale).LogNormalCdf();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => ((Loc - x) / Scale).LogNormalCdf();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Loc + (Scale * p.NormalQuantile());

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Loc - (Scale * p.NormalQuantile());

    internal override Distribution? Widened => new Normal(Loc.Widened, Scale.Widened, validate: false);

    internal override bool ScoresNarrow => true;

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        Loc.Count == 1 && Scale.Count == 1 && !Loc.RequiresGradient && !Scale.RequiresGradient
        ? key.Normal(Loc, Scale, shape, DType)
        : Loc + (Scale * key.Normal(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        // One division a scale instead of one a value; gradients then need none.
        Tensor z = (value - Loc) * Scale.Reciprocal();
        return (MinusHalf * z.Square()) - (Scale.Log() + Constant);
    }
}
