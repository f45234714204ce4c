using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>Directions: Gaussian vectors with mean <c>concentration</c> and unit covariance, scaled to length 1.</summary>
/// <remarks>
/// Batch shape: that of concentration without its last axis. Event shape: [n]. The density is with respect to the area of the unit sphere. Draws are
/// reparameterized. Mean and mode are the direction of the concentration, the mean being that on the sphere (least expected squared angle).
/// Hernandez-Stumpfhauser et al., 2017.
/// </remarks>
public sealed class ProjectedNormal : Distribution
{
    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration">The mean before scaling, [.., n] with n of 2 or more; 0 gives all directions the same density.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">The concentration is no vector of 2 numbers or more.</exception>
    public ProjectedNormal(Tensor concentration, bool validate = true)
        : base(RequireVector(concentration).Shape[..^1], concentration.Shape[^1..], validate)
    {
        Concentration = Declare("concentration", concentration, Constraints.RealVector);
    }

    /// <summary>The mean before scaling, [.., n].</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Sphere;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <summary>The direction of the concentration; the first axis where that is 0.</summary>
    public override Tensor Mean => new NormalizeTransform().Forward(Concentration);

    /// <inheritdoc/>
    public override Tensor Mode => Mean;

    internal override Distribution? Widened => new ProjectedNormal(Concentration.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => new NormalizeTransform().Forward(Concentration + key.Normal(shape, DType));

    /// <summary>With t the component along the value, log ∫ rⁿ⁻¹ e^(-(r - t)²/2) dr less half the squared rest and the Gaussian's constant.</summary>
    protected internal override Tensor LogDensity(Tensor value)
    {
        int size = EventShape[0];
        Tensor along = (value * Concentration).Sum(-1);
        Tensor across = (Concentration - (along.Unsqueeze(-1) * value)).Square().Sum(-1);
        return along.LogRadialMoment(size - 1) - (0.5 * across) - (size * HalfLogTwoPi);
    }

    private static Tensor RequireVector(Tensor concentration) => concentration.Rank > 0 && concentration.Shape[^1] > 1
        ? concentration
        : throw new ArgumentException($"ProjectedNormal: a concentration [.., n] with n of 2 or more is needed; found shape {concentration.Shape}.",
            nameof(concentration));
}
