using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The law of the largest of many: P(X ≤ x) = exp(-exp(-(x - loc) / scale)).</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Gumbel : Distribution
{
    private const double Euler = 0.57721566490153286061;

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mode.</param>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Gumbel(Tensor loc, Tensor scale, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The mode.</summary>
    public Tensor Loc { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc + (Euler * Scale));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Math.PI * Math.PI / 6 * Scale.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(Scale.Log() + (1 + Euler));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => ((x - Loc) / Scale).GumbelCdf();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => ((x - Loc) / Scale).GumbelSurvival();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => -((Loc - x) / Scale).Exp();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => LogCdf(x).Log1mExp();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Loc - (Scale * Tensor.Where(p > 0.5, (-(p - 1).Log1p()).Log(), (-p.Log()).Log()));

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Loc - (Scale * (-(-p).Log1p()).Log());

    internal override Distribution? Widened => new Gumbel(Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Loc - (Scale * (-key.Uniform(shape, DType).Log()).Log());

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor z = (value - Loc) / Scale;
        return -(z + (-z).Exp()) - Scale.Log();
    }
}
