using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>P(X &gt; x) = exp(-(x / scale)^concentration): lifetimes.</summary>
/// <remarks>Batch shape: broadcast(scale, concentration). Event shape: []. Draws are reparameterized.</remarks>
public sealed class Weibull : Distribution
{
    private const double Euler = 0.57721566490153286061;

    /// <summary>Makes the distribution.</summary>
    /// <param name="scale">The scale; positive.</param>
    /// <param name="concentration">The shape: below 1 the hazard falls, above 1 it rises; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Weibull(Tensor scale, Tensor concentration, bool validate = true)
        : base(Shape.Broadcast(scale.Shape, concentration.Shape), Shape.Scalar, validate)
    {
        Scale = Declare("scale", scale, Constraints.Positive);
        Concentration = Declare("concentration", concentration, Constraints.Positive);
    }

    /// <summary>The scale; positive.</summary>
    public Tensor Scale { get; }

    /// <summary>The shape: below 1 the hazard falls, above 1 it rises; positive.</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Scale * (1 + (1 / Concentration)).LogGamma().Exp());

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(DoublePrecision.Of(DType, Scale, Concentration, (scale, concentration) =>
    {
        Tensor unit = 1;
        Tensor inverse = 1 / concentration;
        return (scale * (1 + inverse).LogGamma().Exp()).Square() * unit.LogGammaBend(inverse).Expm1();
    }));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Scale * ((1 - (1 / Concentration)).Relu().Log() / Concentration).Exp());

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch((Euler * (1 - (1 / Concentration))) + (Scale / Concentration).Log() + 1);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => -(-Hazard(x)).Expm1();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => (-Hazard(x)).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => LogSurvivalFunction(x).Log1mExp();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => -Hazard(x);

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Scale * ((-(-p).Log1p()).Log() / Concentration).Exp();

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Scale * ((-p.Log()).Log() / Concentration).Exp();

    internal override Distribution? Widened => new Weibull(Scale.Widened, Concentration.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        (Scale * ((-key.Uniform(shape, DType).Log()).Log() / Concentration).ExpInRange()).PositiveFinite();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor logScale = Scale.Log();
        if (value.KnownLogAbove(0) is { } log)
        {
            return ((Concentration - 1) * log) + Concentration.Log() - (Concentration * logScale) - (Concentration * (log - logScale)).Exp();
        }
        Tensor inside = value > 0;
        Tensor hazard = (Concentration * (Tensor.Where(inside, value, 1).Log() - logScale)).Exp();

        // At 0 the hazard is 0, with slope 1 / scale for an exponential variable.
        Tensor first = Tensor.Where(Concentration.EqualTo(1), value / Scale, 0);
        return (Concentration - 1).XLogY(value) + Concentration.Log() - (Concentration * logScale) - Tensor.Where(inside, hazard, first);
    }

    private Tensor Hazard(Tensor x) => Probability.Inside(x > 0, x, 1, 0, v => (Concentration * (v / Scale).Log()).Exp());
}
