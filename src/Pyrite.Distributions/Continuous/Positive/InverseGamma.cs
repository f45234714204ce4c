using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>The inverse of a Gamma variable.</summary>
/// <remarks>Batch shape: broadcast(concentration, rate). Event shape: []. Draws are reparameterized, implicitly in the concentration.</remarks>
public sealed class InverseGamma : Distribution
{
    // Below this size the plain formula loses less than three digits; plain numbers are seen without looking into a tensor.
    private const double CancelsFrom = 100;

    private static readonly double HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration">The shape of the Gamma variable; positive.</param>
    /// <param name="rate">The inverse scale of the Gamma variable; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public InverseGamma(Tensor concentration, Tensor rate, bool validate = true)
        : base(Shape.Broadcast(concentration.Shape, rate.Shape), Shape.Scalar, validate)
    {
        Concentration = Declare("concentration", concentration, Constraints.Positive);
        Rate = Declare("rate", rate, Constraints.Positive);
    }

    /// <summary>The shape of the Gamma variable; positive.</summary>
    public Tensor Concentration { get; }

    /// <summary>The inverse scale of the Gamma variable; positive.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Positive;

    internal override bool ScoresImages => true;

    internal override bool IsScoredByParameters => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(Tensor.Where(Concentration > 1, Rate / (Concentration - 1), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Variance =>
        OverBatch(Tensor.Where(Concentration > 2, (Rate / (Concentration - 1)).Square() / (Concentration - 2), double.PositiveInfinity));

    /// <inheritdoc/>
    public override Tensor Mode => OverBatch(Rate / (Concentration + 1));

    /// <inheritdoc/>
    public override Tensor Entropy() =>
        OverBatch(
            Rate.Log() - (1.5 * Concentration.Log()) + Concentration.StirlingRest() + HalfLogTwoPi + 0.5 + (0.5 / Concentration)
                - ((1 + Concentration) * Concentration.StirlingRestSlope()));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Rate, x, (c, r, v) => Probability.Inside(v > 0, v, 1, 0, u => c.GammaUpper(r / u)));

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Rate, x, (c, r, v) => Probability.Inside(v > 0, v, 1, 1, u => c.GammaLower(r / u)));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Rate, x,
            (c, r, v) => Probability.Inside(v > 0, v, 1, double.NegativeInfinity, u => c.LogGammaUpper(r / u)));

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) =>
        DoublePrecision.Of(DType, Concentration, Rate, x, (c, r, v) => Probability.Inside(v > 0, v, 1, 0, u => c.LogGammaLower(r / u)));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => Rate / Concentration.GammaUpperInverse(p);

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => Rate / Concentration.GammaLowerInverse(p);

    internal override Distribution? Widened => new InverseGamma(Concentration.Widened, Rate.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) =>
        (Rate / key.Gamma(Concentration, shape, DType)).PositiveFinite();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor? known = value.KnownLogAbove(0);
        Tensor log = known ?? value.Log();
        if (Concentration is { IsWeak: true, WeakValue: < CancelsFrom })
        {
            return Concentration.XLogY(Rate) - ((Concentration + 1) * log) - (known is null ? Rate / value : Rate * (-known).Exp())
                - Concentration.LogGamma();
        }
        Tensor logRate = Rate.Log();
        Tensor deviance = known is null ? (Concentration - 1).ScaledDeviance(Rate, 1 / value) : (Concentration - 1).LogDeviance(logRate - known);
        return logRate - (2 * log) - (deviance + Concentration.ShapeRest());
    }
}
