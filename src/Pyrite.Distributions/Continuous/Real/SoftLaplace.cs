using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>A smooth double exponential: density 2 / (π scale (e^z + e^-z)).</summary>
/// <remarks>Batch shape: broadcast(loc, scale). Event shape: []. Draws are reparameterized. Also called hyperbolic secant.</remarks>
public sealed class SoftLaplace : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The location.</param>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public SoftLaplace(Tensor loc, Tensor scale, bool validate = true)
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

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Math.PI * Math.PI / 4 * Scale.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => LogCdf(x).Exp();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => ((x - Loc) / Scale).LogSoftLaplaceCdf();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => ((Loc - x) / Scale).LogSoftLaplaceCdf();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Loc + (Scale * p.HalfCauchyQuantile().Log());

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Loc - (Scale * p.HalfCauchyQuantile().Log());

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((2 * Math.PI * Scale).Log());

    internal override Distribution? Widened => new SoftLaplace(Loc.Widened, Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor size = ((value - Loc) / Scale).Abs();
        return Math.Log(2 / Math.PI) - Scale.Log() - size - (-2 * size).Exp().Log1p();
    }
}
