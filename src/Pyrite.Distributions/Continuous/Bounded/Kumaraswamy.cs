using Pyrite.Functions;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;
using Pyrite.Functions.Special;

namespace Pyrite;

/// <summary>P(X ≤ x) = 1 - (1 - x^concentration1)^concentration0: much like a Beta, with simple formulas.</summary>
/// <remarks>Batch shape: broadcast of the concentrations. Event shape: []. Draws are reparameterized.</remarks>
public sealed class Kumaraswamy : Distribution
{
    // Below, 1 - e^-z is z to all digits, and log(1 + e^-l) is e^-l where the first parameter is not tiny itself.
    private const double Tiny = 1e-17;

    private const double Euler = 0.57721566490153286061;

    /// <summary>Makes the distribution.</summary>
    /// <param name="concentration1">The inner exponent; positive.</param>
    /// <param name="concentration0">The outer exponent; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public Kumaraswamy(Tensor concentration1, Tensor concentration0, bool validate = true)
        : base(Shape.Broadcast(concentration1.Shape, concentration0.Shape), Shape.Scalar, validate)
    {
        Concentration1 = Declare("concentration1", concentration1, Constraints.Positive);
        Concentration0 = Declare("concentration0", concentration0, Constraints.Positive);
    }

    /// <summary>The inner exponent; positive.</summary>
    public Tensor Concentration1 { get; }

    /// <summary>The outer exponent; positive.</summary>
    public Tensor Concentration0 { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.UnitInterval;

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => OverBatch(DoublePrecision.Of(DType, Concentration1, Concentration0, (one, zero) => LogMoment(one, zero).Exp()));

    /// <inheritdoc/>
    public override Tensor Variance => OverBatch(DoublePrecision.Of(DType, Concentration1, Concentration0, (one, zero) =>
    {
        Tensor unit = 1;
        Tensor step = 1 / one;
        return (2 * LogMoment(one, zero)).Exp() * (unit.LogGammaBend(step) - (1 + zero).LogGammaBend(step)).Expm1();
    }));

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor one = Concentration1 - 1;
            Tensor zero = Concentration0 - 1;
            Tensor inner = ((one / ((Concentration1 * Concentration0) - 1)).Log() / Concentration1).Exp();
            Tensor edge = Tensor.Where((one >= 0) & (zero < 0), 1, Tensor.Where((zero >= 0) & (one < 0), 0, double.NaN));
            return OverBatch(Tensor.Where((one >= 0) & (zero >= 0) & (one + zero > 0), inner, edge));
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy() =>
        OverBatch(
            (1 - (1 / Concentration0)) + ((1 - (1 / Concentration1)) * ((Concentration0 + 1).Digamma() + Euler))
                - (Concentration1.Log() + Concentration0.Log()));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => -LogSurvivalFunction(x).Expm1();

    /// <inheritdoc/>
    public override Tensor SurvivalFunction(Tensor x) => LogSurvivalFunction(x).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor x) => LogSurvivalFunction(x).Log1mExp();

    /// <inheritdoc/>
    public override Tensor LogSurvivalFunction(Tensor x) => DoublePrecision.Of(DType, Concentration1, Concentration0, x, (one, zero, v) =>
        Probability.Inside((v > 0) & (v < 1), v, 0.5, Tensor.Where(v > 0, double.NegativeInfinity, 0.0), u => zero * (one * u.Log()).Log1mExp()));

    /// <inheritdoc/>
    public override Tensor InverseCdf(Tensor p) => (((-p).Log1p() / Concentration0).Log1mExp() / Concentration1).Exp();

    /// <inheritdoc/>
    public override Tensor InverseSurvivalFunction(Tensor p) => ((p.Log() / Concentration0).Log1mExp() / Concentration1).Exp();

    internal override Distribution? Widened => new Kumaraswamy(Concentration1.Widened, Concentration0.Widened, validate: false);

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape) => InverseCdf(key.Uniform(shape, DType)).InsideUnit();

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        if (value.LogOdds is { } logOdds)
        {
            return DensityOfLogOdds(logOdds);
        }
        return Concentration1.Log() + Concentration0.Log() + (Concentration1 - 1).XLogY(value)
            + (Concentration0 - 1).ZeroTimes(value.LogOneMinusPower(Concentration1));
    }

    /// <summary>The density of sigmoid(l): with s = -log x the second logarithm is that of 1 - e^(-a s), which is a s where that is tiny.</summary>
    private Tensor DensityOfLogOdds(Tensor logOdds)
    {
        (Tensor one, Tensor zero) = (Concentration1, Concentration0);
        Tensor minusLog = (-logOdds).Softplus();
        Tensor isTiny = one * minusLog < Tiny;
        Tensor ordinary = Tensor.Where(isTiny, 1, one * minusLog);
        Tensor tail = Tensor.Where(isTiny, one.Log() - logOdds, (-(-ordinary).Expm1()).Log());
        return one.Log() + zero.Log() - ((one - 1) * minusLog) + ((zero - 1) * tail);
    }

    /// <summary>The logarithm of the mean.</summary>
    private static Tensor LogMoment(Tensor one, Tensor zero) => zero.Log() + (1 + (1 / one)).LogBeta(zero);
}
