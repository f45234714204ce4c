using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;

namespace Pyrite;

/// <summary>A Pareto variable that starts at 0: P(X &gt; x) = (1 + x / scale)^-concentration.</summary>
/// <remarks>Batch shape: broadcast(scale, concentration). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Lomax : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="concentration">The exponent; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Lomax(Tensor scale, Tensor concentration, bool validate = true)
        : base(Shape.Broadcast(scale.Shape, concentration.Shape), Shape.Scalar, validate)
    {
        Scale = Declare("scale", scale, Constraints.Positive);
        Concentration = Declare("concentration", concentration, Constraints.Positive);
    }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <summary>The exponent; positive.</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Tensor.Where(Concentration > 1, Scale / (Concentration - 1), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Variance =>
        OverBatch(
            Tensor.Where(Concentration > 2, (Scale / (Concentration - 1)).Square() * Concentration / (Concentration - 2), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(0);

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(1 + (1 / Concentration) + (Scale / Concentration).Log());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => -LogSurvivalFunction(x).Expm1();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => LogSurvivalFunction(x).Log1mExp();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => -Concentration * (x.Relu() / Scale).Log1p();

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Scale * (-(-p).Log1p() / Concentration).Expm1();

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Scale * (-p.Log() / Concentration).Expm1();

    internal override Distribution? Widened => new Lomax(Scale.Widened, Concentration.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        (Scale * (-key.Uniform(shape, DType).Log() / Concentration).Expm1InRange()).Finite();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor logScale = Scale.Log();
        Tensor rise = value.KnownLogAbove(0) is { } log ? (log - logScale).Softplus() : (value / Scale).Log1p();
        return Concentration.Log() - logScale - ((Concentration + 1) * rise);
    }
}
