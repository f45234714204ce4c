using Pyrite.Functions.Preimages;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The absolute value of a Cauchy variable around 0; its mean is infinite.</summary>
/// <remarks>Batch shape: that of scale. Event shape: []. Draws are reparameterized.</remarks>
public sealed class HalfCauchy : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="scale">The median; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public HalfCauchy(Tensor scale, bool validate = true)
        : base(scale.Shape, Shape.Scalar, validate)
    {
        Scale = Declare("scale", scale, Constraints.Positive);
    }

    /// <summary>The median; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(double.PositiveInfinity);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(double.PositiveInfinity);

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(0);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((2 * Math.PI * Scale).Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => (x.Relu() / Scale).HalfCauchyCdf();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => 2 * (-x.Relu() / Scale).CauchyCdf();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Scale * p.HalfCauchyQuantile();

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => -Scale * (0.5 * p).CauchyQuantile();

    internal override Distribution? Widened => new HalfCauchy(Scale.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => Scale * key.Uniform(shape, DType).CauchyQuantile().Abs();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => -(value / Scale).LogOnePlusSquare() - (0.5 * Math.PI * Scale).Log();
}
