using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;

namespace Pyrite;

/// <summary>The inverse square of a Gaussian, moved to <c>loc</c>: its mean is infinite.</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Levy : Distribution
{
    private const double Euler = 0.57721566490153286061;

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The lower end.</param>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Levy(Tensor loc, Tensor scale, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The lower end.</summary>
    public Tensor Loc { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.GreaterThan(Loc);

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(double.PositiveInfinity);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(double.PositiveInfinity);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc + (Scale / 3));

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((0.5 * (1 + (3 * Euler) + Math.Log(16 * Math.PI))) + Scale.Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Probability.Inside(x > Loc, x - Loc, 1, 0, distance => (0.5 * Scale / distance).Sqrt().Erfc());

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) =>
        Probability.Inside(x > Loc, x - Loc, 1, 1, distance => (0.5 * Scale / distance).Sqrt().Erf());

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        Probability.Inside(x > Loc, x - Loc, 1, double.NegativeInfinity, distance => (-(Scale / distance).Sqrt()).LogNormalCdf() + Math.Log(2));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Loc + (Scale / (0.5 * p).NormalQuantile().Square());

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Loc + (0.5 * Scale / p.ErfInverse().Square());

    internal override Distribution? Widened => new Levy(Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => (Scale / key.Normal(shape, DType).Square()).Above(Loc);

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor? known = value.KnownLogAbove(Loc);
        Tensor distance = value - Loc;
        Tensor reach = known is null ? 0.5 * Scale / distance : 0.5 * Scale * (-known).Exp();
        return (0.5 * (Scale / (2 * Math.PI)).Log()) - reach - (1.5 * (known ?? distance.Log()));
    }
}
