using Pyrite.Functions.Preimages;

namespace Pyrite;

/// <summary>Double exponential around <c>loc</c>: |x - loc| is exponential with mean <c>scale</c>.</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Laplace : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The location.</param>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Laplace(Tensor loc, Tensor scale, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The location.</summary>
    public Tensor Loc { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(2 * Scale.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((2 * Scale).Log() + 1);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tail((x - Loc) / Scale);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tail((Loc - x) / Scale);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => LogTail((x - Loc) / Scale);

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => LogTail((Loc - x) / Scale);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Tensor.Where(p < 0.5, Loc + (Scale * (2 * p).Log()), Loc - (Scale * (2 * (1 - p)).Log()));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => (2 * Loc) - InverseCdf(p);

    internal override Distribution? Widened => new Laplace(Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor centred = key.Uniform(shape, DType) - 0.5;
        return Loc - (Scale * centred.Sign() * (-2 * centred.Abs()).Log1p());
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => -((value - Loc).Abs() / Scale) - (2 * Scale).Log();

    private static Tensor LogTail(Tensor z) => Tensor.Where(z < 0, -z.Abs() - Math.Log(2), (-0.5 * (-z.Abs()).Exp()).Log1p());

    private static Tensor Tail(Tensor z)
    {
        Tensor half = 0.5 * (-z.Abs()).Exp();
        return Tensor.Where(z < 0, half, 1 - half);
    }
}
