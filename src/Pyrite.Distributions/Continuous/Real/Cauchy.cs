using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The ratio of two Gaussians, moved to <c>loc</c> and stretched by <c>scale</c>; it has no mean.</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Cauchy : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The median.</param>
    /// <param name="scale">Half the distance between the quartiles; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Cauchy(Tensor loc, Tensor scale, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The median.</summary>
    public Tensor Loc { get; }

    /// <summary>Half the distance between the quartiles; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(double.NaN);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(double.NaN);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((4 * Math.PI * Scale).Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => ((x - Loc) / Scale).CauchyCdf();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => ((Loc - x) / Scale).CauchyCdf();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Loc + (Scale * p.CauchyQuantile());

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Loc - (Scale * p.CauchyQuantile());

    internal override Distribution? Widened => new Cauchy(Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Loc + (Scale * key.Uniform(shape, DType).CauchyQuantile());

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => -((value - Loc) / Scale).LogOnePlusSquare() - (Math.PI * Scale).Log();
}
