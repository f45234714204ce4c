using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>A number whose logarithm is logistic: P(X ≤ x) = 1 / (1 + (x / scale)^-concentration).</summary>
/// <remarks>Batch shape: broadcast(scale, concentration). Event shape: []. Draws are reparameterized.</remarks>
public sealed class LogLogistic : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="scale">The median; positive.</param>
    /// <param name="concentration">The shape; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public LogLogistic(Tensor scale, Tensor concentration, bool validate = true)
        : base(Shape.Broadcast(scale.Shape, concentration.Shape), Shape.Scalar, validate)
    {
        Scale = Declare("scale", scale, Constraints.Positive);
        Concentration = Declare("concentration", concentration, Constraints.Positive);
    }

    /// <summary>The median; positive.</summary>
    public Tensor Scale { get; }

    /// <summary>The shape; positive.</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Positive;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Tensor.Where(Concentration > 1, Scale / (1 / Inner(1)).Sinc(), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Variance =>
        OverBatch(
            Tensor.Where(Concentration > 2, (Scale / (1 / Inner(2)).Sinc()).Square() * (Math.PI / Inner(2)).TangentExcess(),
                double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Scale * (((Concentration - 1).Relu() / (Concentration + 1)).Log() / Concentration).Exp());

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => LogCdf(x).Exp();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Scale, x,
            (c, s, v) => Probability.Inside(v > 0, v, 1, double.NegativeInfinity, u => (c * (u / s).Log()).LogSigmoid()));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Scale, x, (c, s, v) => Probability.Inside(v > 0, v, 1, 0, u => (-c * (u / s).Log()).LogSigmoid()));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Scale * (Probability.Logit(p) / Concentration).Exp();

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Scale * (-Probability.Logit(p) / Concentration).Exp();

    /// <inheritdoc/>
    public override Tensor Entropy() => OverBatch(2 + Scale.Log() - Concentration.Log());

    internal override Distribution? Widened => new LogLogistic(Scale.Widened, Concentration.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        (Scale * (Probability.Logit(key.Uniform(shape, DType)) / Concentration).ExpInRange()).PositiveFinite();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor? known = value.KnownLogAbove(0);
        Tensor z = Concentration * (known is null ? (value / Scale).Log() : known - Scale.Log());
        return Concentration.Log() - (known ?? value.Log()) - (z.Softplus() + (-z).Softplus());
    }

    /// <summary>The concentration where the moment of an order exists, and another one where it does not, so that slopes there are numbers.</summary>
    private Tensor Inner(int order) => Tensor.Where(Concentration > order, Concentration, order + 1);
}
