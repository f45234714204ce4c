using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>Sum of exponentials, for any positive <c>concentration</c> (shape), with a <c>rate</c>.</summary>
/// <remarks>Batch shape: broadcast(concentration, rate). Event shape: []. Draws are reparameterized, implicitly in the concentration.</remarks>
public sealed class Gamma : Distribution
{
    // Below this size the plain formula loses less than three digits; plain numbers are seen without looking into a tensor.
    private const double CancelsFrom = 100;

    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration">The shape; positive.</param>
    /// <param name="rate">The inverse scale; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Gamma(Tensor concentration, Tensor rate, bool validate = true)
        : base(Shape.Broadcast(concentration.Shape, rate.Shape), Shape.Scalar, validate)
    {
        Concentration = Declare("concentration", concentration, Constraints.Positive);
        Rate = Declare("rate", rate, Constraints.Positive);
    }

    /// <summary>The shape; positive.</summary>
    public Tensor Concentration { get; }

    /// <summary>The inverse scale; positive.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    internal override bool ScoresImages => true;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Concentration / Rate);

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(Concentration / Rate.Square());

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch((Concentration - 1).Relu() / Rate);

    /// <inheritdoc/>
    public override Tensor Entropy() =>
        OverBatch(
            (0.5 * Concentration.Log()) - Rate.Log() + Concentration.StirlingRest() + HalfLogTwoPi + 0.5 - (0.5 / Concentration)
                + ((1 - Concentration) * Concentration.StirlingRestSlope()));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Rate, x, (c, r, v) => Probability.Inside(v > 0, v, 1, 0, u => c.GammaLower(r * u)));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Rate, x, (c, r, v) => Probability.Inside(v > 0, v, 1, 1, u => c.GammaUpper(r * u)));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Rate, x,
            (c, r, v) => Probability.Inside(v > 0, v, 1, double.NegativeInfinity, u => c.LogGammaLower(r * u)));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Rate, x, (c, r, v) => Probability.Inside(v > 0, v, 1, 0, u => c.LogGammaUpper(r * u)));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Concentration.GammaLowerInverse(p) / Rate;

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Concentration.GammaUpperInverse(p) / Rate;

    internal override Distribution? Widened => new Gamma(Concentration.Widened, Rate.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        (key.Gamma(Concentration, shape, DType) / Rate).PositiveFinite();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        if (Concentration is { IsWeak: true, WeakValue: < CancelsFrom })
        {
            return value.WeighedLog(Concentration - 1) + Concentration.XLogY(Rate) - (Rate * value) - Concentration.LogGamma();
        }
        Tensor logRate = Rate.Log();
        Tensor deviance =
            value.KnownLogAbove(0) is { } log ? (Concentration - 1).LogDeviance(logRate + log) : (Concentration - 1).ScaledDeviance(Rate, value);
        return logRate - (deviance + Concentration.ShapeRest());
    }
}
