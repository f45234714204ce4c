using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>A direction in radians around <c>loc</c>: the Gaussian of the circle.</summary>
/// <remarks>Batch shape: broadcast(loc, concentration). Event shape: []. The density has period 2π, draws lie in [-π, π), those of MCMC too. Variance
/// is the circular one, 1 - I₁/I₀. Cdf, its kin and quantiles are those of the draws. Draws are reparameterized, implicitly in the
/// concentration.</remarks>
public sealed class VonMises : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The mean direction, in radians.</param>
    /// <param name="concentration">About the inverse variance; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public VonMises(Tensor loc, Tensor concentration, bool validate = true)
        : base(Shape.Broadcast(loc.Shape, concentration.Shape), Shape.Scalar, validate)
    {
        Loc = Declare("loc", loc, Constraints.Real);
        Concentration = Declare("concentration", concentration, Constraints.Positive);
    }

    /// <summary>The mean direction, in radians.</summary>
    public Tensor Loc { get; }

    /// <summary>About the inverse variance; positive.</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override bool IsCircular => true;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Angle;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Concentration.VonMisesVariance());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Loc);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(Concentration.VonMisesEntropy());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Tensor.VonMisesCdf(Loc, Concentration, x);

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => Tensor.VonMisesCdf(-Loc, Concentration, -x);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Tensor.VonMisesQuantile(Loc, Concentration, p);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => -Tensor.VonMisesQuantile(-Loc, Concentration, p);

    internal override Distribution? Widened => new VonMises(Loc.Widened, Concentration.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor centred = AngleDraws.VonMises(key, Concentration, shape, DType);
        return (Loc + VonMisesFunctions.WithConcentration(centred, Concentration)).WrapAngle();
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor half = (0.5 * (value - Loc)).Sin();
        return (-2 * Concentration * half.Square()) - Concentration.BesselI0Scaled().Log() - Math.Log(2 * Math.PI);
    }
}
